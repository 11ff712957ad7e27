/* Open pages that keep up: a stream says that something changed, the page asks what. Without a stream it asks every minute. */
(function () {
  "use strict";
  const EVERY = 60000, SPREAD = 1500, AGAIN_AFTER = 300000;
  let main, address, source = null, timer = 0, waiting = 0;

  const words = () => JSON.parse((document.querySelector("#words") || { textContent: "{}" }).textContent);
  const here = () => document.querySelector("[data-live-case]");

  /* Asks once for several changes; pages of one house do not all ask at the same moment. */
  function soon(most) {
    if (waiting || document.hidden) return;
    waiting = setTimeout(() => {
      waiting = 0;
      ask();
    }, Math.random() * most);
  }

  function ask() {
    const url = new URL(address, location.href);
    const shown = here();
    if (shown) {
      url.searchParams.set("case", shown.dataset.liveCase);
      url.searchParams.set("version", shown.dataset.liveVersion);
      url.searchParams.set("said", shown.dataset.liveSaid);
    }
    return fetch(url, { headers: { Accept: "application/json" }, redirect: "error" })
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
      .then(show, () => undefined);
  }

  function show(news) {
    const moved = drawn("inbox") !== label(news.counts.inbox);
    Object.keys(news.counts).forEach((key) => count(key, news.counts[key]));
    if (news.says) line(news.says);
    else if (moved && !here() && /^\/(inbox\/)?$/.test(location.pathname)) line(words().changed);
  }

  const label = (number) => (number > 99 ? "99+" : number ? String(number) : "");

  /* What the page shows as the number of a line of its menu. */
  function drawn(key) {
    const place = document.querySelector('[data-counts="' + key + '"]');
    const badge = place && place.querySelector("." + place.dataset.countClass);
    return badge ? badge.textContent : "";
  }

  function count(key, number) {
    document.querySelectorAll('[data-counts="' + key + '"]').forEach((place) => {
      const name = place.dataset.countClass;
      let badge = place.querySelector("." + name);
      if (!number) {
        if (badge) badge.remove();
        return;
      }
      if (!badge) {
        badge = document.createElement("span");
        badge.className = name;
        place.append(badge);
      }
      badge.textContent = label(number);
    });
  }

  function line(text) {
    const place = document.querySelector("#live-line");
    if (!place || place.dataset.says === text) return;
    place.dataset.says = text;
    const says = document.createElement("span");
    says.textContent = text;
    const link = document.createElement("a");
    link.href = location.pathname + location.search;
    link.textContent = words().refresh;
    place.textContent = "";
    place.append(says, " ", link);
  }

  /* Only the page that is looked at holds a stream: browsers allow few connections to one server. */
  function open() {
    clearInterval(timer);
    timer = 0;
    if (!main.dataset.stream || !window.EventSource) return poll();
    source = new EventSource(main.dataset.stream, { withCredentials: true });
    source.addEventListener("open", () => soon(SPREAD));
    source.addEventListener("again", () => soon(SPREAD));
    source.addEventListener("change", (event) => {
      const shown = here();
      soon(shown && event.data.startsWith(shown.dataset.liveCase) ? 1 : SPREAD);
    });
    source.addEventListener("error", () => {
      if (!source || source.readyState !== EventSource.CLOSED) return;
      close();
      poll();
      setTimeout(() => !document.hidden && !source && open(), AGAIN_AFTER);
    });
  }

  function close() {
    if (source) source.close();
    source = null;
  }

  function poll() {
    if (!timer) timer = setInterval(() => document.hidden || ask(), EVERY);
  }

  document.addEventListener("DOMContentLoaded", () => {
    main = document.querySelector("[data-live]");
    if (!main) return;
    address = main.dataset.live;
    open();
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) close();
      else if (!source) {
        open();
        soon(SPREAD);
      }
    });
    window.addEventListener("pagehide", close);
  });
})();

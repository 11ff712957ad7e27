// Screens of the cockpit: shown one at a time on a wide screen, changing by themselves when asked to; fresh numbers now and then.
"use strict";

(() => {
  const wall = document.querySelector("[data-wall]");
  const bar = document.querySelector("[data-screens]");
  if (!wall || !bar) return;
  const screens = () => [...wall.querySelectorAll(".wall-screen")];
  const buttons = [...bar.querySelectorAll("[data-screen]")];
  const rotate = bar.querySelector("[data-rotate]");
  const full = bar.querySelector("[data-fullscreen]");
  let shown = 0;
  let timer = 0;

  const show = (number) => {
    const all = screens();
    shown = (number + all.length) % all.length;
    all.forEach((screen, place) => screen.classList.toggle("is-shown", place === shown));
    buttons.forEach((button, place) => button.setAttribute("aria-pressed", String(place === shown)));
    sessionStorage.setItem("cockpit.screen", String(shown));
  };

  const turn = (isOn) => {
    clearInterval(timer);
    timer = isOn ? setInterval(() => show(shown + 1), Number(wall.dataset.seconds) * 1000) : 0;
    rotate.setAttribute("aria-pressed", String(isOn));
    rotate.textContent = isOn ? rotate.dataset.saysOn : rotate.dataset.saysOff;
    sessionStorage.setItem("cockpit.rotates", isOn ? "1" : "");
  };

  const fill = () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (document.documentElement.requestFullscreen) document.documentElement.requestFullscreen();
  };

  const press = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select, input, textarea")) return;
    const isButton = event.target.closest("button, a");
    if (event.key === "ArrowRight") show(shown + 1);
    else if (event.key === "ArrowLeft") show(shown - 1);
    else if (event.key === " " && !isButton) turn(!timer);
    else if (event.key.toLowerCase() === "f") fill();
    else return;
    event.preventDefault();
  };

  const refresh = async () => {
    if (document.hidden) return;
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!answer || !answer.ok || answer.redirected) {
      const warning = document.querySelector("[data-stale]");
      if (warning) warning.hidden = false;
      return;
    }
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of ["[data-wall]", ".wall-head"]) {
      const there = fresh.querySelector(part);
      if (there) document.querySelector(part).replaceChildren(...there.childNodes);
    }
    const next = fresh.querySelector("[data-wall]");
    if (next) wall.dataset.refresh = next.dataset.refresh;
    if (screens().length) show(shown);
  };

  const keep = () => {
    setTimeout(() => refresh().catch(() => null).then(keep), Number(wall.dataset.refresh) * 1000);
  };

  if (screens().length) {
    wall.classList.add("is-single");
    show(Number(sessionStorage.getItem("cockpit.screen")) || 0);
    turn(sessionStorage.getItem("cockpit.rotates") === "1");
    buttons.forEach((button, place) => button.addEventListener("click", () => show(place)));
    rotate.addEventListener("click", () => turn(!timer));
    document.addEventListener("keydown", press);
  }
  full.addEventListener("click", fill);
  document.addEventListener("fullscreenchange", () => {
    document.body.classList.toggle("is-full", Boolean(document.fullscreenElement));
  });
  keep();
})();

/* The one script of the pages: theme, drop-downs, dialogs, pickers, search, unsaved forms. Everything works without it except pickers. */
(function () {
  "use strict";
  const root = document.documentElement;
  const $ = (selector, within) => (within || document).querySelector(selector);
  const $$ = (selector, within) => Array.from((within || document).querySelectorAll(selector));

  /* Theme and type size: a cookie, read by the server; "auto" follows the system. Runs before the first paint. */
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  function paint() {
    const wish = root.dataset.theme;
    root.dataset.bsTheme = wish === "auto" ? (dark.matches ? "dark" : "light") : wish;
  }
  function remember(name, value) {
    document.cookie = name + "=" + encodeURIComponent(value) + ";path=/;max-age=31536000;samesite=lax";
  }
  paint();
  if (dark.addEventListener) dark.addEventListener("change", paint);
  else dark.addListener(paint);

  const words = () => JSON.parse(($("#words") || { textContent: "{}" }).textContent);

  /* Dialogs: opened by a swap into #dialog or by data-open; the opener gets the focus back. */
  let opener = null;
  function openDialog(dialog) {
    opener = document.activeElement;
    dialog.classList.toggle("wide", Boolean($("[data-rows]", dialog))); /* a table of answers wants the width */
    if (!dialog.open) dialog.showModal();
    const first = $("[data-first], .dialog-body input:not([type=hidden]), .dialog-body select, .dialog-body textarea", dialog) || $("button", dialog);
    if (first && first.tomselect) $("h2", dialog).focus(); /* a picker would open and hide the other questions */
    else if (first) first.focus();
  }
  function dismiss(dialog) {
    dialog.close();
    if (opener && document.contains(opener)) opener.focus();
  }

  const clicks = {
    "[data-theme-toggle]": () => {
      root.dataset.theme = root.dataset.bsTheme === "dark" ? "light" : "dark";
      remember("theme", root.dataset.theme);
      paint();
    },
    "[data-type-toggle]": (button) => {
      root.dataset.type = root.dataset.type === "large" ? "normal" : "large";
      remember("type", root.dataset.type);
      button.setAttribute("aria-pressed", String(root.dataset.type === "large"));
    },
    "[data-density-toggle]": () => {
      const dense = document.body.classList.toggle("dense");
      remember("density", dense ? "dense" : "normal");
    },
    "[data-side-toggle]": (button) => {
      const open = document.body.classList.toggle("side-open");
      button.setAttribute("aria-expanded", String(open));
    },
    "[data-print]": () => window.print(),
    "[data-all-query]": (button) => button.closest(".query").classList.toggle("all"),
    "[data-dismiss]": (button) => {
      const dialog = button.closest("dialog");
      if (dialog) dismiss(dialog);
      else button.closest(".toast-line").remove();
    },
    "[data-open]": (button) => openDialog(document.getElementById(button.dataset.open)),
    "[data-add-row]": (button) => addRow(button),
    "[data-drop-row]": (button) => button.closest("tr").remove(),
  };
  document.addEventListener("click", (event) => {
    for (const selector of Object.keys(clicks)) {
      const hit = event.target.closest(selector);
      if (hit) clicks[selector](hit);
    }
    const stays = event.target.closest(".drop-item") ? null : event.target;
    $$("details.drop[open]").forEach((drop) => drop.contains(stays) || (drop.open = false));
    if (event.target.tagName === "DIALOG" && !event.target.dataset.keep) dismiss(event.target);
    if (document.body.classList.contains("side-open") && !event.target.closest(".side, [data-side-toggle]")) {
      document.body.classList.remove("side-open");
    }
  });

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && $("#search-dialog")) {
      event.preventDefault();
      openDialog($("#search-dialog"));
    }
    if (event.key === "Escape") {
      $$("details.drop[open]").forEach((drop) => {
        drop.open = false;
        $("summary", drop).focus();
      });
    }
    if (event.key === " " && event.target.matches("a[role=button]")) {
      event.preventDefault();
      event.target.click();
    }
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && event.target.closest("[data-arrows]")) walk(event);
  });

  /* Arrow keys walk through the links of a list, such as search results. */
  function walk(event) {
    const items = $$("a[href], input[type=search], button.drop-item", event.target.closest("[data-arrows]"));
    const next = items.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    if (items[next]) {
      event.preventDefault();
      items[next].focus();
    }
  }

  /* Pickers: a select that asks the server by name, pinyin initials or code. */
  function picker(select) {
    const text = words();
    const said = (words) => '<div class="no-results" role="option" aria-disabled="true">' + words + "</div>"; /* a list box holds options only */
    const options = {
      plugins: select.multiple ? ["remove_button"] : [],
      maxOptions: 50,
      placeholder: select.dataset.placeholder || text.choose,
      clearAfterSelect: true,
      render: {
        option: (item, escape) =>
          "<div>" + escape(item.text) + (item.beside ? '<span class="beside">' + escape(item.beside) + "</span>" : "") + "</div>",
        no_results: () => said(text.nothing),
        loading: () => said(text.loading),
      },
    };
    if (select.dataset.pick) {
      options.valueField = "value";
      options.labelField = "text";
      options.searchField = [];
      options.score = () => () => 1;
      options.preload = "focus";
      options.load = function (query, done) {
        const asked = (this.asked = {}); /* an answer that comes after a later question is no longer shown */
        this.clearOptions();
        const address = new URL(select.dataset.pick, location.href);
        address.searchParams.set("q", query);
        (select.dataset.within || "").split(" ").filter(Boolean).forEach((name) => {
          const beside = document.getElementsByName(name)[0];
          if (beside && beside.value) address.searchParams.set(name, beside.value);
        });
        fetch(address, { headers: { Accept: "application/json" } })
          .then((answer) => answer.json())
          .then((found) => done(this.asked === asked ? found.items : []), () => done());
      };
      if (select.multiple) {
        options.onItemAdd = function () {
          this.load(""); /* what was found by typing gives way to all that can still be chosen */
        };
      }
    }
    const label = select.id && $('label[for="' + select.id + '"]');
    const name = label ? label.textContent.replace("*", "").trim() : "";
    if (name) select.setAttribute("aria-label", name);
    const made = new window.TomSelect(select, options);
    if (name) made.control_input.setAttribute("aria-label", name);
    const described = select.getAttribute("aria-describedby");
    if (described) made.control_input.setAttribute("aria-describedby", described);
  }

  function dates(input) {
    const withTime = input.hasAttribute("data-datetime");
    const words = root.lang.startsWith("zh") ? window.flatpickr.l10ns.zh : {};
    window.flatpickr(input, {
      locale: Object.assign({}, words, { firstDayOfWeek: 1 }),
      static: true, /* beside its input: a calendar outside an open dialog could not be clicked */
      allowInput: true,
      enableTime: withTime,
      time_24hr: true,
      dateFormat: withTime ? "Y-m-d H:i" : "Y-m-d",
    });
  }

  /* A field that is asked, or a button that is offered, only when other fields have certain answers. */
  function answered(form, condition) {
    const [left, wanted] = condition.split("=");
    const unless = left.endsWith("!");
    const source = form.elements[unless ? left.slice(0, -1) : left];
    const answer = source && source.type === "checkbox" ? String(source.checked) : source && source.value;
    return Boolean(source) && wanted.split("|").includes(String(answer).toLowerCase()) !== unless;
  }
  function conditional(form) {
    const holds = (conditions) => conditions.split("&").every((condition) => answered(form, condition));
    $$("[data-when]", form).forEach((part) => {
      part.hidden = !part.dataset.when.split("||").some(holds);
    });
    $$(".form-wrap section[id]", form).forEach((section) => {
      const fields = $$(".form-grid > .field", section);
      section.hidden = fields.length > 0 && fields.every((field) => field.hidden);
      $$(`.anchors a[href="#${section.id}"]`, form).forEach((anchor) => { anchor.hidden = section.hidden; });
    });
    $$("select[data-comment-for]", form).forEach((select) => {
      const chosen = select.selectedOptions[0];
      const comment = form.elements[select.dataset.commentFor];
      if (comment) comment.required = Boolean(chosen && chosen.dataset.comment);
    });
  }

  function dress(within) {
    $$("select[data-picker]", within).forEach((select) => select.tomselect || picker(select));
    $$("[data-date], [data-datetime]", within).forEach((input) => input._flatpickr || dates(input));
    $$("form", within).forEach(conditional);
    $$("[data-fades]", within).forEach((line) => setTimeout(() => line.remove(), 8000));
  }
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (!form) return;
    conditional(form);
    /* Whoever is chosen first brings along what was answered for them last time. */
    if (form.dataset.fills && form.dataset.fills === event.target.name && event.target.value && !form.dataset.bound) {
      const address = new URL(location.href);
      address.searchParams.set(event.target.name, event.target.value);
      location.replace(address);
    }
  });

  /* A table of answers grows by its last, hidden row. */
  function addRow(button) {
    const field = button.closest(".field");
    const row = $("template", field).content.querySelector("tr").cloneNode(true);
    const number = String(Date.now());
    $$("[name], [id], [for]", row).forEach((part) => {
      ["name", "id", "for"].forEach((key) => {
        if (part.hasAttribute(key)) part.setAttribute(key, part.getAttribute(key).replace(".new.", "." + number + "."));
      });
    });
    $("tbody", field).append(row);
    dress(row);
    const first = $("input, select, textarea", row);
    (first.tomselect || first).focus();
  }

  /* What was looked at lately stays in this tab only, for the same post. */
  function recent() {
    const list = $("[data-recent]");
    if (!list || !list.dataset.recent) return;
    const key = list.dataset.recent;
    let kept = JSON.parse(sessionStorage.getItem(key) || "[]");
    const here = $("[data-recent-item]");
    if (here) {
      const item = { title: here.dataset.recentItem, address: location.pathname };
      kept = [item].concat(kept.filter((one) => one.address !== item.address)).slice(0, 5);
      sessionStorage.setItem(key, JSON.stringify(kept));
    }
    $("[data-recent-title]").hidden = !kept.length;
    kept.forEach((one) => {
      const line = document.createElement("li");
      const link = document.createElement("a");
      link.className = "recent";
      link.href = one.address;
      link.title = link.textContent = one.title;
      line.append(link);
      list.append(line);
    });
  }

  /* Groups of the menu stay folded as this machine left them, but for the one that holds the page shown. */
  function foldable(group) {
    const key = "folded:" + group.dataset.fold;
    if (localStorage.getItem(key) && !$("[aria-current]", group)) group.open = false;
    group.addEventListener("toggle", () => (group.open ? localStorage.removeItem(key) : localStorage.setItem(key, "1")));
  }

  /* Drafts: a form with data-draft keeps its answers in this tab until it is sent. Not longer: hospital machines are shared. */
  const NOT_KEPT = ["file", "hidden", "submit", "button"];

  function draft(form) {
    const key = "draft:" + form.dataset.draft;
    const says = $("[data-draft-says]", form);
    const fields = () => Array.from(form.elements).filter((field) => field.name && !NOT_KEPT.includes(field.type));
    const kept = JSON.parse(sessionStorage.getItem(key) || "null");
    if (kept && !form.dataset.bound) restore(fields(), kept.answers, says, kept.at);
    let waiting = 0;
    const keep = () => {
      clearTimeout(waiting);
      const answers = {};
      fields().forEach((field) => {
        if (field.type === "checkbox" || field.type === "radio") {
          if (field.checked) answers[field.name] = (answers[field.name] || []).concat(field.value);
        } else if (field.value) {
          answers[field.name] = Array.from(field.selectedOptions || [field]).map((one) => ({ value: one.value, text: one.text || "" }));
        }
      });
      const at = new Date().toTimeString().slice(0, 5);
      sessionStorage.setItem(key, JSON.stringify({ at, answers }));
      if (says) says.textContent = words().saved + " " + at;
    };
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(keep, 800);
    });
    /* Who leaves to enter something new comes back with it: what is filled in is kept, the new answer is not overwritten. */
    $$("[data-leaves]", form).forEach((link) => link.addEventListener("click", keep));
    form.addEventListener("submit", () => {
      keep();
      clearTimeout(waiting); /* else it would be kept again while the answer is on its way */
      sessionStorage.setItem("sent", key);
    });
  }

  /* What was sent is kept until a page other than its form and the log-in page answers: an expired session loses nothing. */
  function forget() {
    const key = sessionStorage.getItem("sent");
    if (!key || $("form[data-login]")) return;
    sessionStorage.removeItem("sent");
    if (!$$("form[data-draft]").some((form) => "draft:" + form.dataset.draft === key)) sessionStorage.removeItem(key);
  }

  function restore(fields, answers, says, at) {
    const brought = new URLSearchParams(location.search);
    fields.forEach((field) => {
      const answer = answers[field.name];
      if (!answer || brought.get(field.name)) return;
      if (field.type === "checkbox" || field.type === "radio") field.checked = answer.includes(field.value);
      else if (field.tomselect) {
        answer.forEach((one) => field.tomselect.addOption(one));
        field.tomselect.setValue(answer.map((one) => one.value), true);
      } else field.value = answer[0].value;
    });
    if (says) says.textContent = words().restored + " " + at;
    if (fields[0]) conditional(fields[0].form);
  }

  /* The anchor list of a long form follows the scrolling. */
  function anchors(list) {
    const links = $$("a", list);
    const mark = (id) => links.forEach((link) => (link.hash === "#" + id ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
    const watcher = new IntersectionObserver((seen) => {
      const first = seen.find((entry) => entry.isIntersecting);
      if (first) mark(first.target.id);
    }, { rootMargin: "-20% 0px -70% 0px" });
    links.forEach((link) => watcher.observe($(link.hash)));
    if (links[0]) mark(links[0].hash.slice(1));
  }

  document.addEventListener("DOMContentLoaded", () => {
    dress(document);
    forget();
    $$("form[data-draft]").forEach(draft);
    $$(".anchors").forEach(anchors);
    $$(".step-bar [aria-current]").forEach((station) => { /* on a phone the bar is wider than the page */
      station.parentNode.scrollLeft = station.offsetLeft - station.parentNode.offsetLeft - 24;
    });
    const summary = $(".errors-summary");
    if (summary) summary.focus();
    recent();
    $$("[data-fold]").forEach(foldable);
    const asked = new URLSearchParams(location.search).get("do");
    const button = asked && $('[data-verb="' + CSS.escape(asked) + '"]');
    if (button) button.click();
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    dress(event.target);
    if (event.target.id === "dialog") openDialog(event.target);
  });
  document.addEventListener("htmx:responseError", (event) => toast(words()["error" + event.detail.xhr.status] || words().error));
  document.addEventListener("htmx:sendError", () => toast(words().offline));

  function toast(text) {
    const line = document.createElement("div");
    line.className = "toast-line toast-error";
    line.setAttribute("role", "alert");
    const says = document.createElement("p");
    says.textContent = text;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn-icon";
    button.dataset.dismiss = "";
    button.setAttribute("aria-label", words().close);
    button.textContent = "×";
    line.append(says, button);
    $("#toasts").append(line);
  }
})();

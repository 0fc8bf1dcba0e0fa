// The page of services/report/html_writer.cc: the window at a figure, the way between findings and figures, filters and
// sorting.  All that it shows is in the page already; its words are attributes of the body.
(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const words = document.body.dataset;
  const fill = (text, ...values) => text.replace(/\{(\d)\}/g, (_, at) => values[at]);
  const make = (tag, text, name) => {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    if (name) element.className = name;
    return element;
  };

  // Light and dark.
  const themes = ["auto", "light", "dark"];
  const themeNames = { auto: words.wAuto, light: words.wLight, dark: words.wDark };
  const themeButton = byId("theme");
  const setTheme = (theme) => {
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    themeButton.textContent = words.wTheme + " · " + themeNames[theme];
  };
  const keptTheme = () => {
    // A browser may refuse to keep anything for a page from a file.
    try {
      return localStorage.getItem("crossfoot-theme");
    } catch {
      return null;
    }
  };
  let theme = themes.includes(keptTheme()) ? keptTheme() : "auto";
  setTheme(theme);
  themeButton.hidden = false;
  themeButton.addEventListener("click", () => {
    theme = themes[(themes.indexOf(theme) + 1) % themes.length];
    setTheme(theme);
    try {
      localStorage.setItem("crossfoot-theme", theme);
    } catch {
      return;
    }
  });

  // Figures are one stop of the Tab key; arrows move between them.
  const figures = all(".text a.fig");
  const indexOf = new Map(figures.map((figure, index) => [figure, index]));
  let current = figures[0];
  for (const figure of figures) figure.tabIndex = figure === current ? 0 : -1;
  const setCurrent = (figure) => {
    current.tabIndex = -1;
    current = figure;
    current.tabIndex = 0;
  };
  if (figures.length > 0) byId("keys").hidden = false;

  // Which findings name a figure.
  const findings = all(".finding");
  const findingsAt = new Map();
  for (const finding of findings) {
    for (const link of all('a[href^="#f"]', finding)) {
      const figure = byId(link.hash.slice(1)).closest("a.fig");
      if (!findingsAt.has(figure)) findingsAt.set(figure, new Set());
      findingsAt.get(figure).add(finding);
    }
  }

  // The window at a figure.
  const kMostChecks = 12;
  const proof = byId("proof");
  let shownAt = null;
  let pinned = false;
  let silent = false; // the focus comes back from the window, which stays closed
  let cameFrom = null; // the finding that the reader came from

  const about = (row) =>
    Array.from(row.cells)
      .slice(3, 7)
      .map((cell) => cell.textContent)
      .filter((text) => text)
      .join(" · ");

  const describe = (figure) => {
    proof.replaceChildren();
    const rows = figure.dataset.rows.split(" ").map(byId);
    const heading = make("h2", figure.textContent);
    heading.id = "proof-name";
    heading.append(rows[0].querySelector(".state").firstChild.cloneNode(true));
    heading.lastChild.classList.add("state");
    const close = make("button", words.wClose, "close");
    close.type = "button";
    close.addEventListener("click", leave);
    proof.append(heading, close);
    for (const row of rows) {
      const text = about(row);
      if (text) proof.append(make("p", text, "about"));
    }
    for (const finding of findingsAt.get(figure) || []) {
      const said = make("div", "", "said");
      said.append(make("p", finding.querySelector(".message").textContent));
      for (const repair of all("ins", finding)) said.append(repair.closest("div").cloneNode(true));
      const back = make("a", fill(words.wBack, finding.value), "back");
      back.href = "#" + finding.id;
      const line = make("p");
      line.append(back);
      said.append(line);
      proof.append(said);
    }
    const checks = [
      ...new Set(rows.flatMap((row) => all(".to-check", row).map((link) => byId(link.hash.slice(1))))),
    ];
    const failed = (check) => (check.classList.contains("s-disagrees") ? 0 : 1);
    checks.sort((a, b) => failed(a) - failed(b));
    const list = make("ul", "", "checks");
    for (const check of checks.slice(0, kMostChecks)) {
      const copy = check.cloneNode(true);
      copy.removeAttribute("id");
      list.append(copy);
    }
    proof.append(list);
    if (checks.length > kMostChecks) {
      const more = make("a", fill(words.wMore, checks.length - kMostChecks), "more");
      more.href = "#" + rows[0].id;
      proof.append(more);
    }
    proof.setAttribute("aria-labelledby", heading.id);
    proof.scrollTop = 0;
  };

  const place = () => {
    const box = shownAt.getClientRects()[0];
    const gap = 8;
    const width = proof.offsetWidth;
    const height = proof.offsetHeight;
    const left = Math.max(gap, Math.min(box.left - 24, document.documentElement.clientWidth - width - gap));
    const below = box.bottom + gap;
    const top = below + height <= window.innerHeight - gap ? below : Math.max(gap, box.top - height - gap);
    proof.style.left = left + "px";
    proof.style.top = top + "px";
  };

  const show = (figure) => {
    if (shownAt !== figure) {
      if (shownAt) shownAt.classList.remove("here");
      shownAt = figure;
      figure.classList.add("here");
      describe(figure);
    }
    proof.hidden = false;
    place();
  };

  const hide = () => {
    if (shownAt) shownAt.classList.remove("here");
    shownAt = null;
    pinned = false;
    proof.hidden = true;
  };

  // Closes the window; the focus goes back to the figure if it was in there.
  const leave = () => {
    const figure = shownAt;
    const inside = proof.contains(document.activeElement);
    hide();
    if (inside && figure) {
      silent = true;
      figure.focus();
      silent = false;
    }
  };

  let timer = 0;
  const later = (action, delay) => {
    clearTimeout(timer);
    timer = setTimeout(action, delay);
  };
  document.addEventListener("mouseover", (event) => {
    const figure = event.target.closest(".text a.fig");
    if (figure && !pinned) later(() => show(figure), 150);
    else if (proof.contains(event.target)) clearTimeout(timer);
    else if (shownAt && !pinned && document.activeElement !== shownAt) later(hide, 300);
    else clearTimeout(timer);
  });
  document.addEventListener("focusin", (event) => {
    const figure = event.target.closest(".text a.fig");
    if (figure) {
      setCurrent(figure);
      if (!silent) show(figure);
    } else if (shownAt && !proof.contains(event.target)) {
      hide();
    }
  });
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const figure = event.target.closest(".text a.fig");
    if (figure) {
      event.preventDefault();
      show(figure);
      pinned = true;
      proof.focus({ preventScroll: true });
      return;
    }
    const link = event.target.closest('a[href^="#"]');
    if (link) {
      const finding = link.closest(".finding");
      if (finding) cameFrom = finding;
      // The hash stays the same when the same link is followed again, and nothing tells of it.
      if (link.hash === location.hash) goTo(link.hash.slice(1));
    } else if (pinned && !proof.contains(event.target)) {
      hide();
    }
  });
  const follow = () => {
    if (shownAt && !proof.hidden) place();
  };
  addEventListener("scroll", follow, { passive: true });
  addEventListener("resize", follow);

  // Where links lead: to a figure in the text, to a finding, a row, a check.
  const goTo = (id) => {
    const target = id && byId(id);
    if (!target) return;
    const figure = target.closest(".text a.fig");
    if (target.closest("[hidden]")) {
      byId("filters").reset();
      filter();
    }
    hide();
    if (figure) {
      // A narrow screen has the window in its lower half.
      figure.scrollIntoView({ block: matchMedia("(max-width: 40rem)").matches ? "start" : "center" });
      figure.focus({ preventScroll: true });
      // It may have had the focus already: browsers focus what a link leads to.
      show(figure);
    } else if (target.matches(".finding")) {
      target.scrollIntoView({ block: "nearest" });
      (target.querySelector("a.jump") || target).focus({ preventScroll: true });
    } else {
      if (!target.hasAttribute("tabindex")) target.tabIndex = -1;
      target.focus({ preventScroll: true });
    }
  };
  addEventListener("hashchange", () => goTo(decodeURIComponent(location.hash.slice(1))));

  const kSteps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (!proof.hidden) leave();
      else if (cameFrom) goTo(cameFrom.id);
      return;
    }
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const focus = document.activeElement;
    if (event.key === "Tab" && proof.contains(focus)) {
      const stops = all("a, button", proof);
      const end = event.shiftKey ? [proof, stops[0]] : [stops[stops.length - 1]];
      if (end.includes(focus)) {
        event.preventDefault();
        leave();
      }
      return;
    }
    let next = null;
    if (indexOf.has(focus)) {
      const at = indexOf.get(focus);
      if (event.key in kSteps) next = figures[at + kSteps[event.key]];
      else if (event.key === "Home") next = figures[0];
      else if (event.key === "End") next = figures[figures.length - 1];
    } else if (focus.matches(".finding a.jump") && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      const jumps = all(".finding:not([hidden]) a.jump");
      next = jumps[jumps.indexOf(focus) + kSteps[event.key]];
    }
    if (next) {
      event.preventDefault();
      next.focus();
    }
  });

  // Filters.  What does not match is left out of the lists and pale in the text.
  const filters = byId("filters");
  const rows = all("#figures tbody tr");
  const listOf = (text) => (text ? text.split(" ") : []);
  const rules = new Set([...findings, ...rows].flatMap((element) => listOf(element.dataset.rules)));
  for (const rule of [...rules].sort()) {
    const option = make("option", rule);
    option.value = rule;
    filters.elements.rule.append(option);
  }
  const filter = () => {
    const severity = filters.elements.severity.value;
    const verdict = filters.elements.verdict.value;
    const rule = filters.elements.rule.value;
    const has = (list, value) => !value || listOf(list).includes(value);
    for (const finding of findings) {
      const data = finding.dataset;
      finding.hidden = !(has(data.sev, severity) && has(data.states, verdict) && has(data.rules, rule));
    }
    for (const row of rows) {
      const data = row.dataset;
      row.hidden = !(has(data.sev, severity) && has(data.state, verdict) && has(data.rules, rule));
    }
    for (const figure of figures) {
      figure.classList.toggle("dim", figure.dataset.rows.split(" ").every((id) => byId(id).hidden));
    }
    const count = (list) => list.filter((element) => !element.hidden).length;
    byId("shown").textContent = fill(words.wShown, count(findings), findings.length, count(rows), rows.length);
  };
  filters.addEventListener("change", filter);
  filters.addEventListener("reset", () => setTimeout(filter));
  filters.addEventListener("submit", (event) => event.preventDefault());
  filters.hidden = false;
  filter();

  // Sorting.  Places are sorted as the page has them; what is empty comes last.
  const order = new Map(rows.map((row, index) => [row, index]));
  const collator = new Intl.Collator("zh");
  const compare = {
    place: () => 0,
    text: (a, b) => collator.compare(a, b),
    number: (a, b) => Number(a) - Number(b),
  };
  for (const head of all("#figures th[data-sort]")) {
    const button = make("button", head.textContent);
    button.type = "button";
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of all("#figures th[aria-sort]")) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const keyOf = (row) => {
        const cell = row.cells[head.cellIndex];
        return cell.dataset.k ?? cell.textContent;
      };
      const keys = new Map(rows.map((row) => [row, keyOf(row)]));
      const way = down ? -1 : 1;
      rows.sort((a, b) => {
        const [left, right] = [keys.get(a), keys.get(b)];
        if (!left !== !right) return left ? -1 : 1;
        return way * (compare[head.dataset.sort](left, right) || order.get(a) - order.get(b));
      });
      byId("figures").tBodies[0].append(...rows);
    });
  }

  if (location.hash) goTo(decodeURIComponent(location.hash.slice(1)));
})();

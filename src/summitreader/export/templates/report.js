
(() => {
  "use strict";
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const table = document.getElementById("rows");
  const body = table.tBodies[0];
  const letters = all("thead th", table).map((th) => th.dataset.letter);
  const passages = new Map(letters.map((letter) => [letter, []]));
  for (const p of all(".passage", body)) passages.get(p.id.split("-")[0]).push(p);
  for (const own of passages.values()) own.sort((a, b) => a.id.split("-")[1] - b.id.split("-")[1]);
  all(".tools").forEach((tools) => { if (tools.id !== "card") tools.hidden = false; });

  // Counterparts: the passages of one thread light up together.
  let lit = [];
  const light = (p) => {
    lit.forEach((other) => other.classList.remove("on", "here"));
    const thread = p && p.dataset.thread;
    lit = !p ? [] : thread === undefined ? [p] : all(`.passage[data-thread="${thread}"]`, body);
    if (thread !== undefined) lit.forEach((other) => other.classList.add("on"));
    if (p) p.classList.add("here");
  };
  const card = document.getElementById("card");
  let current = null;
  const name = (p) => `${p.id.split("-")[0]} ${p.querySelector(".place").lastChild.textContent.trim()}`;
  const choose = (p) => {
    current = p;
    light(p);
    card.hidden = !p;
    if (!p) return;
    const others = lit.filter((other) => other !== p).map(name);
    document.getElementById("card-words").textContent = name(p) + (others.length ? ` · also ${others.join(", ")}` : "");
  };
  body.addEventListener("pointerover", (event) => light(event.target.closest(".passage") || current));
  body.addEventListener("pointerleave", () => light(current));
  body.addEventListener("focusin", (event) => choose(event.target.closest(".passage")));
  body.addEventListener("click", (event) => {
    const p = event.target.closest(".passage");
    if (p && !event.target.closest("a.differs")) choose(p);
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") choose(null); });

  // Copy with citation: the words, then outlet, headline, date, paragraph and address.
  const citation = (p) => {
    const row = document.querySelector(`#sources tr[data-letter="${p.id.split("-")[0]}"]`);
    const part = (selector) => { const found = row.querySelector(selector); return found ? found.textContent.trim() : ""; };
    const headline = part(".headline");
    const place = p.querySelector(".place").lastChild.textContent.trim();
    return [part(".outlet"), headline && `“${headline}”`, part(".date"), place, part(".url")].filter(Boolean).join(", ");
  };
  const copy = document.getElementById("copy");
  copy.addEventListener("click", async () => {
    if (!current) return;
    const words = `“${current.querySelector(".quote").textContent.trim()}”\n— ${citation(current)}\n`;
    let done = true;
    try {
      await navigator.clipboard.writeText(words);
    } catch {
      const area = document.createElement("textarea");
      area.value = words;
      document.body.append(area);
      area.select();
      done = document.execCommand("copy");
      area.remove();
    }
    copy.textContent = done ? "Copied" : "The browser does not allow copying";
    copy.dataset.copied = words;
    setTimeout(() => { copy.textContent = "Copy with citation"; }, 2000);
  });

  // Filters.
  const show = (row, kind) => { row.hidden = kind !== "" && !row.dataset.kind.split(" ").includes(kind); };
  const filter = document.getElementById("filter");
  const kinds = () => {
    for (const row of body.rows) {
      const sources = [...row.cells].filter((cell) => cell.querySelector(".passage")).length;
      row.dataset.kind = (sources > 1 ? "several" : "one") + (row.querySelector("mark") ? " differs" : "");
      show(row, filter.value);
    }
  };
  filter.addEventListener("change", kinds);
  const coverage = document.getElementById("coverage-filter");
  if (coverage) {
    coverage.addEventListener("change", () => {
      for (const row of document.getElementById("coverage-table").tBodies[0].rows) show(row, coverage.value);
    });
  }

  // Another base, and panes: the same passages in other rows, as the program aligns them.
  const furniture = (p) => p.classList.contains("furniture");
  const number = (p) => Number(p.id.split("-")[1]);
  const together = (last, p) =>
    number(last) + 1 === number(p) && (last.dataset.block === p.dataset.block || (furniture(last) && furniture(p)));
  const aligned = (base) => {
    const head = { cells: new Map(), after: null };
    const rows = new Map();
    for (const letter of [base, ...letters.filter((other) => other !== base)]) {
      let cursor = letter === base ? head : head.after || head;
      let last = null;
      for (const p of passages.get(letter)) {
        const thread = p.dataset.thread;
        if (thread !== undefined && rows.has(thread)) {
          const row = rows.get(thread);
          if (row.cells.has(letter)) {
            row.cells.get(letter).push(p);
            continue;
          }
          cursor = row;
        } else if (thread !== undefined || cursor.thread !== undefined || !cursor.cells.has(letter) || !together(last, p)) {
          cursor = cursor.after = { thread, cells: new Map(), after: cursor.after };
          if (thread !== undefined) rows.set(thread, cursor);
        }
        if (!cursor.cells.has(letter)) cursor.cells.set(letter, []);
        cursor.cells.get(letter).push(p);
        last = p;
      }
    }
    const found = [];
    for (let row = head.after; row; row = row.after) found.push(row.cells);
    return found;
  };
  const lay = () => {
    const panes = document.getElementById("view").value === "panes";
    const rows = panes ? [passages] : aligned(document.getElementById("base").value);
    table.classList.toggle("panes", panes);
    document.getElementById("base").disabled = panes;
    filter.disabled = panes;
    body.replaceChildren(...rows.map((cells) => {
      const row = document.createElement("tr");
      row.setAttribute("role", "row");
      for (const letter of letters) {
        const cell = document.createElement("td");
        cell.setAttribute("role", "cell");
        cell.dataset.letter = letter;
        const own = cells.get(letter) || [];
        if (panes) {
          const pane = document.createElement("div");
          pane.tabIndex = 0;
          pane.append(...own);
          cell.append(pane);
        } else {
          cell.append(...own);
        }
        row.append(cell);
      }
      return row;
    }));
    if (panes) filter.value = "";
    kinds();
  };
  document.getElementById("base").addEventListener("change", lay);
  document.getElementById("view").addEventListener("change", lay);
  kinds();
})();

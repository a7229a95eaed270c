
// Shows only the rows that are asked for, and opens what a link or the printer needs.
// Without it the page shows everything; it reads the table and writes only a count.
(() => {
  "use strict";
  const every = (query) => Array.from(document.querySelectorAll(query));
  const shut = [];
  window.addEventListener("beforeprint", () => {
    for (const each of every("details:not([open])")) { each.open = true; shut.push(each); }
  });
  window.addEventListener("afterprint", () => {
    for (const each of shut.splice(0)) each.open = false;
  });
  const reveal = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    const block = target && target.closest("details");
    if (!block) return;
    block.hidden = false;
    block.open = true;
    block.scrollIntoView();
  };
  window.addEventListener("hashchange", reveal);
  reveal();

  const severity = { e: "error", w: "warning", n: "note" };
  const told = (number) => number.toLocaleString("en");
  const many = (number, word) => `${told(number)} ${word}${number === 1 ? "" : "s"}`;
  const blocks = every("#places details");
  const start = (filter) => {
    const [kind, source, identifier, reset, count] =
      [".by-kind", ".by-source", "input", "button", "[role=status]"]
        .map((query) => filter.querySelector(query));
    const { word, cables: inCables } = filter.dataset;
    const rows = every(`#${filter.dataset.rows} tbody tr`).map((row) => {
      const cells = Array.from(row.cells);
      const link = row.querySelector("a");
      return {
        row,
        name: cells[0].textContent.trim().toUpperCase(),
        kind: cells[1].textContent,
        severity: severity[row.className],
        apart: cells.slice(3, -1).map((cell) => "domu".includes(cell.className)),
        block: link && document.querySelector(link.hash).parentNode,
      };
    });
    const inSource = (each) => (each.row.dataset.source === undefined
      ? each.apart[source.value] : each.row.dataset.source === source.value);
    const ofKind = (each) => !kind.value || each.kind.startsWith(kind.value)
      || (kind.value[0] === "=" && kind.value.slice(1).split(" ").includes(each.severity));
    const apply = () => {
      const part = identifier.value.trim().toUpperCase();
      const cables = new Set();
      const needed = new Set();
      let number = 0;
      for (const each of rows) {
        const shown = ofKind(each) && (!source || !source.value || inSource(each))
          && each.name.includes(part);
        each.row.hidden = !shown;
        if (!shown) continue;
        number += 1;
        if (each.name) cables.add(each.name);
        if (each.block) needed.add(each.block);
      }
      for (const block of blocks) block.hidden = !needed.has(block);
      const total = number === rows.length ? "" : ` of ${told(rows.length)}`;
      count.textContent = number
        ? `${told(number)}${total} ${rows.length === 1 ? word : `${word}s`}`
          + `${inCables && cables.size ? ` in ${many(cables.size, "cable")}` : ""}.`
        : `No ${word} is of that kind: show all, or ask for less.`;
    };
    let waiting = 0;
    identifier.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(apply, 120);
    });
    kind.addEventListener("change", apply);
    if (source) source.addEventListener("change", apply);
    reset.addEventListener("click", () => {
      for (const each of [kind, source, identifier]) if (each) each.value = "";
      apply();
    });
    filter.hidden = false;
    apply();
  };
  every(".filter").forEach(start);
})();

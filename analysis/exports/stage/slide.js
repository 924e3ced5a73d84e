/* Slides: how each is drawn, in parts, and pointed at. */
const WIDTH = 1920, HEIGHT = 1080;
const READ = 700; // The most that a chart without rows is high on the page to read.
const story = JSON.parse(document.getElementById("story").textContent);

/** An element with a class and a text, which is never markup. */
function make(tag, name, text, parent) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text !== undefined) made.textContent = text;
  if (parent) parent.append(made);
  return made;
}

/** A place for slides, which draws those that are asked for and keeps them. */
class Screen {
  constructor(holder) {
    this.holder = holder;
    this.drawn = new Map();
  }

  scale() {
    const factor = Math.min(this.holder.clientWidth / WIDTH, this.holder.clientHeight / HEIGHT);
    for (const one of this.holder.children) if (one.matches(".slide")) one.style.transform = `scale(${factor})`;
  }

  /** Draw a slide without showing it. */
  prepare(index, language) {
    const key = `${language} ${index}`;
    if (index < 0 || index >= story.slides[language].length) return null;
    if (!this.drawn.has(key)) {
      const one = drawSlide(story.slides[language][index], language, this.holder, true);
      this.drawn.set(key, one);
      this.scale();
    }
    return this.drawn.get(key);
  }

  show({ slide, part, language, row }) {
    const one = this.prepare(slide, language);
    for (const other of this.drawn.values()) other.element.classList.toggle("shown", other === one);
    if (one) {
      showPart(one, part);
      point(one, row);
    }
    return one;
  }

  partsOf(index, language) {
    return this.prepare(index, language).parts.length;
  }
}

/** A slide with its chart; `low` where it must not be higher than the stage. */
function drawSlide(slide, language, holder, low) {
  const element = make("section", "slide", undefined, holder);
  element.lang = language;
  const head = make("div", "head", undefined, element);
  make("h2", "", slide.title, head);
  if (slide.synthetic) make("p", "synthetic", story.words[language].synthetic, head);
  if (slide.sentence) make("p", "sentence", slide.sentence, element);
  const chart = make("div", "chart", undefined, element);
  const foot = make("footer", "", undefined, element);
  for (const line of slide.foot ?? []) make("div", "", line, foot);
  const one = { element, chart, slide, parts: [{}], part: -1 };
  if (slide.figure) drawChart(one, low);
  return one;
}

function drawChart(one, low) {
  const { data, layout } = structuredClone(one.slide.figure);
  const room = low ? one.chart.clientHeight : Infinity;
  const rows = layout.meta?.rows;
  layout.width = one.chart.clientWidth;
  if (!rows) layout.height = low ? room : Math.min(layout.height, READ);
  one.data = data;
  one.layout = layout;
  one.parts = rows && layout.height > room ? pages(rows, layout, room) : [{}];
  const phases = new Set(data.map(trace => trace.legendgroup));
  if (low && phases.has("before") && phases.has("after")) one.parts.unshift({ ...one.parts[0], before: true });
  Plotly.newPlot(one.chart, data, layout, { displayModeBar: false, responsive: false });
  if (low) showPart(one, 0);
}

/** As few pages as there is room for, with as many rows on each as on the others. */
function pages(rows, layout, room) {
  const inside = room - layout.margin.t - layout.margin.b;
  const fits = each => rows.every((row, at) => at % each || rows[Math.min(at + each, rows.length) - 1][1] - row[0] <= inside);
  let number = 2;
  while (number < rows.length && !fits(Math.ceil(rows.length / number))) number += 1;
  const each = Math.ceil(rows.length / number), found = [];
  for (let at = 0; at < rows.length; at += each) {
    found.push({ range: [rows[Math.min(at + each, rows.length) - 1][1], rows[at][0]] });
  }
  return found;
}

function showPart(one, part) {
  const wanted = Math.min(part, one.parts.length - 1);
  if (!one.layout || wanted === one.part) return;
  one.part = wanted;
  const { before, range } = one.parts[wanted], layout = { ...one.layout };
  if (range) {
    layout.yaxis = { ...layout.yaxis, range };
    layout.height = layout.margin.t + layout.margin.b + range[0] - range[1];
  }
  if (before) layout.annotations = layout.annotations.filter(note => note.name !== "after");
  const data = one.data.map(trace => ({
    ...trace,
    visible: !(before && trace.legendgroup === "after"),
    cliponaxis: range ? true : trace.cliponaxis,
  }));
  one.element.classList.toggle("half", Boolean(before));
  Plotly.react(one.chart, data, layout);
}

/** The rows of a chart as they stand on it: top and bottom in its pixels. */
function rowsOf(one) {
  const rows = one.layout?.meta?.rows ?? [];
  const [bottom, top] = one.parts[one.part]?.range ?? one.layout?.yaxis?.range ?? [0, 0];
  return rows.filter(row => row[0] >= top - 1 && row[1] <= bottom + 1)
    .map(row => row.map(y => y - top + one.layout.margin.t));
}

/** Lead the eye to one row: a bar beside it, and a veil over the others. */
function point(one, row) {
  one.chart.querySelectorAll(".veil, .pointer").forEach(old => old.remove());
  const rows = rowsOf(one), chosen = rows[row];
  if (row === null || !chosen) return;
  const box = (name, top, bottom) => {
    const made = make("div", name, undefined, one.chart);
    made.style.top = `${top}px`;
    made.style.height = `${bottom - top}px`;
  };
  box("veil", rows[0][0], chosen[0]);
  box("veil", chosen[1], rows.at(-1)[1]);
  box("pointer", chosen[0], chosen[1]);
}

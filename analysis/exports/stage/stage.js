/* The stage, the speaker's window, and the page to read. */
const PAPER = 1047; // The width of A4 that lies, without its margins, in pixels of CSS.
const codes = Object.keys(story.languages);
const mode = location.hash === "#stage" ? "stage" : location.hash === "#speaker" ? "speaker" : "read";
const words = () => story.words[state.language];
const count = story.slides[codes[0]].length;
let state = { slide: 0, part: 0, language: story.language, blank: false, row: null };

/* What the audience sees, and what the speaker sees beside it. */
let screen, coming, other = mode === "speaker" ? window.opener : null, began = null, ahead = 0;

function go(change, tell = true) {
  state = { ...state, ...change };
  if (began === null) began = Date.now();
  document.documentElement.lang = state.language;
  document.querySelector(".cover")?.remove();
  const one = screen.show(state);
  (mode === "speaker" ? showSpeaker : showAudience)(one);
  if (tell) other?.postMessage({ state, began }, "*");
  clearTimeout(ahead);
  ahead = setTimeout(prepareAhead, 60);
}

function prepareAhead() {
  screen.prepare(state.slide + 1, state.language);
  screen.prepare(state.slide - 1, state.language);
}

function forward() {
  if (state.part + 1 < screen.partsOf(state.slide, state.language)) go({ part: state.part + 1, row: null });
  else if (state.slide + 1 < count) go({ slide: state.slide + 1, part: 0, row: null });
}

function back() {
  if (state.part > 0) go({ part: state.part - 1, row: null });
  else if (state.slide > 0) {
    go({ slide: state.slide - 1, part: screen.partsOf(state.slide - 1, state.language) - 1, row: null });
  }
}

function pointBy(step) {
  const number = rowsOf(screen.prepare(state.slide, state.language)).length;
  if (!number) return;
  const row = state.row === null ? (step > 0 ? 0 : number - 1) : state.row + step;
  go({ row: row < 0 || row >= number ? null : row });
}

function showAudience(one) {
  document.querySelector(".blank")?.remove();
  if (state.blank) make("div", "blank", undefined, document.body);
  const said = document.querySelector(".said");
  const text = `${one.slide.title} ${one.slide.sentence}`;
  if (said.textContent !== text) said.textContent = text;
  document.querySelector(".progress").textContent = `${state.slide + 1} / ${count}`;
  document.querySelector(".bar").style.width = `${(100 * (state.slide + 1)) / count}%`;
}

function showSpeaker(one) {
  const next = state.slide + 1;
  document.querySelector(".note").textContent = one.slide.note;
  document.querySelector(".now").classList.toggle("blanked", state.blank);
  document.querySelector(".place").textContent = `${state.slide + 1} / ${count}`;
  document.querySelector(".coming-title").textContent = next < count ? words().next : words().last;
  coming.show({ slide: next, part: 0, language: state.language, row: null });
}

function openSpeaker() {
  if (mode === "speaker") return;
  other = window.open(location.href.replace(/#.*/, "#speaker"), "speaker", "popup,width=1200,height=760");
  if (!other) showKeys(words().blocked);
}

function showKeys(only) {
  const shown = document.querySelector(".keys");
  if (shown) return shown.remove();
  const box = make("div", "keys", undefined, document.body);
  box.setAttribute("role", "dialog");
  if (only) return make("p", "", only, box);
  make("b", "", words().help, box);
  for (const key of ["forward", "back", "ends", "row", "blank", "language", "speaker", "full"]) {
    make("p", "", words()[key], box);
  }
}

function fullScreen() {
  if (mode === "stage" && !document.fullscreenElement) document.documentElement.requestFullscreen?.().catch(() => {});
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const language = story.language_keys[key];
  const acts = {
    ArrowRight: forward, PageDown: forward, " ": forward, Enter: forward,
    ArrowLeft: back, PageUp: back, Backspace: back,
    Home: () => go({ slide: 0, part: 0, row: null }),
    End: () => go({ slide: count - 1, part: 0, row: null }),
    ArrowDown: () => pointBy(1), ArrowUp: () => pointBy(-1),
    b: () => go({ blank: !state.blank }), ".": () => go({ blank: !state.blank }),
    l: () => go({ language: codes[(codes.indexOf(state.language) + 1) % codes.length], row: state.row }),
    w: openSpeaker, "?": () => showKeys(), h: () => showKeys(), F5: fullScreen,
    Escape: () => (document.querySelector(".keys") ? showKeys() : go({ row: null, blank: false })),
  };
  const act = acts[key] ?? (codes.includes(language) ? () => go({ language }) : null);
  if (!act) return;
  event.preventDefault();
  const covered = document.querySelector(".cover");
  if (covered && key !== "?" && key !== "h") {
    fullScreen();
    return go(language ? { language } : {});
  }
  act();
}

function onClick(event) {
  const one = screen.prepare(state.slide, state.language);
  if (document.querySelector(".cover")) { fullScreen(); return go({}); }
  const box = one.chart.getBoundingClientRect();
  const y = ((event.clientY - box.top) * one.chart.clientHeight) / box.height;
  const row = rowsOf(one).findIndex(([top, bottom]) => y >= top && y < bottom);
  go({ row: row < 0 || row === state.row ? null : row });
}

function fit(holder, width, height) {
  const factor = Math.min(width / WIDTH, height / HEIGHT);
  holder.style.width = `${WIDTH * factor}px`;
  holder.style.height = `${HEIGHT * factor}px`;
  return holder;
}

function listen() {
  addEventListener("keydown", onKey);
  addEventListener("message", event => {
    if (event.source !== other && event.source !== window.opener) return;
    if (event.data === "hello") {
      other = event.source;
      other.postMessage({ state, began }, "*");
    } else if (event.data?.state) {
      began = event.data.began;
      go(event.data.state, false);
    }
  });
}

function startStage() {
  const holder = make("div", "holder", undefined, document.body);
  screen = new Screen(holder);
  const resize = () => {
    fit(holder, innerWidth, innerHeight);
    holder.style.left = `${(innerWidth - holder.clientWidth) / 2}px`;
    holder.style.top = `${(innerHeight - holder.clientHeight) / 2}px`;
    screen.scale();
    frame.style.transform = `scale(${holder.clientWidth / WIDTH})`;
  };
  const frame = make("div", "frame", undefined, holder);
  frame.style.cssText = `position:absolute;width:${WIDTH}px;height:${HEIGHT}px;transform-origin:0 0;pointer-events:none;z-index:2`;
  make("div", "progress", "", frame);
  make("div", "bar", undefined, frame);
  make("p", "said", "", document.body).setAttribute("aria-live", "polite");
  const cover = make("div", "cover", undefined, document.body);
  make("h1", "", story.name, cover);
  make("p", "", words().start, cover);
  make("p", "", `${words().help}: ?`, cover);
  addEventListener("resize", resize);
  addEventListener("click", onClick);
  let still;
  addEventListener("mousemove", () => {
    document.body.classList.remove("still");
    clearTimeout(still);
    still = setTimeout(() => document.body.classList.add("still"), 2000);
  });
  resize();
  screen.prepare(0, state.language);
  listen();
}

function startSpeaker() {
  const times = make("div", "times", undefined, document.body);
  const time = (label, name) => {
    const box = make("span", "", undefined, times);
    make("b", name, "", box);
    make("span", "", label, box);
  };
  time(words().clock, "clock");
  time(words().passed, "passed");
  time("", "place");
  const now = make("div", "holder now", undefined, document.body);
  const aside = make("div", "aside", undefined, document.body);
  make("div", "coming-title", "", aside);
  const next = make("div", "holder coming", undefined, aside);
  make("div", "", words().note, aside).style.color = "var(--muted)";
  make("div", "note", "", aside);
  [screen, coming] = [new Screen(now), new Screen(next)];
  const resize = () => {
    fit(now, 0.58 * innerWidth, innerHeight - 140);
    fit(next, 0.36 * innerWidth, 0.38 * innerHeight);
    screen.scale();
    coming.scale();
  };
  const two = number => String(number).padStart(2, "0");
  const tick = () => {
    const date = new Date(), passed = Math.floor((began ? date - began : 0) / 1000);
    times.querySelector(".clock").textContent = `${two(date.getHours())}:${two(date.getMinutes())}`;
    times.querySelector(".passed").textContent = `${Math.floor(passed / 60)}:${two(passed % 60)}`;
  };
  addEventListener("resize", resize);
  setInterval(tick, 500);
  resize();
  tick();
  listen();
  other?.postMessage("hello", "*");
}

/* To read and to print: every slide below the other, as high as it needs. */
function startReading() {
  const main = make("main", "", undefined, document.body);
  make("h1", "", story.name, main);
  const nav = make("nav", "", undefined, main), body = make("div", "", undefined, main);
  const present = make("button", "", "", nav);
  present.onclick = () => window.open(location.href.replace(/#.*/, "") + "#stage");
  const buttons = codes.map(code => {
    const button = make("button", "", story.languages[code], nav);
    button.lang = code;
    button.onclick = () => { state.language = code; show(); };
    return button;
  });
  let drawn = [];
  const resize = () => {
    for (const { holder, one } of drawn) {
      const width = printing ? PAPER : holder.clientWidth;
      const factor = Math.min(width / WIDTH, printing ? 620 / one.element.offsetHeight : 1);
      one.element.style.transform = `scale(${factor})`;
      holder.style.height = `${one.element.offsetHeight * factor}px`;
    }
  };
  let printing = false;
  const show = () => {
    document.documentElement.lang = state.language;
    present.textContent = words().present;
    buttons.forEach((button, place) => button.setAttribute("aria-pressed", codes[place] === state.language));
    body.replaceChildren();
    drawn = story.slides[state.language].map(slide => {
      const article = make("article", "", undefined, body);
      const holder = make("div", "holder", undefined, article);
      const one = drawSlide(slide, state.language, holder, false);
      if (slide.table) addTable(slide.table, article);
      if (slide.notes?.length) make("p", "notes", slide.notes.join(" "), article);
      return { holder, one };
    });
    resize();
  };
  addEventListener("resize", resize);
  addEventListener("beforeprint", () => { printing = true; resize(); });
  addEventListener("afterprint", () => { printing = false; resize(); });
  show();
}

function addTable({ head, rows }, article) {
  const details = make("details", "", undefined, article);
  make("summary", "", words().numbers, details);
  const table = make("table", "", undefined, make("div", "table", undefined, details));
  const titles = make("tr", "", undefined, make("thead", "", undefined, table));
  for (const title of head) make("th", "", title, titles).scope = "col";
  const body = make("tbody", "", undefined, table);
  for (const row of rows) {
    const line = make("tr", "", undefined, body);
    for (const value of row) make("td", "", value, line);
  }
}

document.body.className = mode;
await document.fonts.load('16px "IBM Plex Sans"');
await document.fonts.load('600 16px "IBM Plex Sans"');
({ stage: startStage, speaker: startSpeaker, read: startReading })[mode]();
document.body.dataset.ready = "yes";

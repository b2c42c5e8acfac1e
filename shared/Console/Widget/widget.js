// The chat on a shop's page: a button and a dialog in a shadow root. Loads nothing, knows no cookies; what the visitor
// holds is a token in the page's own storage. The server hands this out with the shop's look as the argument.
(shop => {
  "use strict";
  const script = document.currentScript;
  const at = new URL(script.src);
  const isFrame = script.hasAttribute("data-open");
  const language = script.dataset.language || document.documentElement.lang || shop.language;
  const ja = language.toLowerCase().startsWith("ja");
  const words = ja ? {
    open: "チャットで質問する", title: "チャット", close: "閉じる", log: "やりとり", you: "お客さま", chat: "自動応答", person: "担当者",
    hello: `${shop.name}です。ご用件をどうぞお書きください。`, field: "メッセージ", send: "送信", prove: "ご注文を確認する",
    proveTitle: "ご注文の確認", order: "ご注文番号", email: "ご注文時のメールアドレス", ask: "確認コードを受け取る", code: "確認コード（6桁）",
    sent: "ご注文が見つかれば、メールで確認コードをお送りしました。10分以内にご入力ください。", give: "確認する", cancel: "やめる",
    wrong: "確認コードが違います。", over: "確認コードの期限が切れました。もう一度お受け取りください。",
    check: "ご注文番号とメールアドレスをご確認ください。", proved: "ご注文を確認しました。", choices: "選択肢",
    later: "つながりません。自動でもう一度お送りします。", often: "少し待ってから、もう一度お試しください。", refused: "お送りできませんでした。",
  } : {
    open: "Ask us in the chat", title: "Chat", close: "Close", log: "Conversation", you: "You",
    chat: "Automatic answer", person: "Our team", hello: `This is ${shop.name}. How can we help?`, field: "Message", send: "Send",
    prove: "Find my order", proveTitle: "Find your order", order: "Order number", email: "E-mail address of the order",
    ask: "Send me a code", code: "Code (6 digits)",
    sent: "If there is such an order, a code is on its way by mail. Enter it within ten minutes.", give: "Confirm",
    cancel: "Cancel", wrong: "This is not the code.", over: "The code holds no more. Ask for another.",
    check: "Please check number and e-mail address.", proved: "Your order was found.", choices: "Choices",
    later: "No connection. It is sent again by itself.", often: "Please wait a little and try again.",
    refused: "This could not be sent.",
  };

  // What the page keeps: the token, and what was not answered yet.
  const key = `chat:${at.origin}`;
  let kept = { token: null, pending: [] };
  try { kept = { ...kept, ...JSON.parse(localStorage.getItem(key)) }; } catch { /* kept for this page alone */ }
  const keep = () => { try { localStorage.setItem(key, JSON.stringify(kept)); } catch { /* the same */ } };
  const newId = () => [...crypto.getRandomValues(new Uint8Array(16))]
    .map(byte => byte.toString(16).padStart(2, "0")).join("");

  const fetchJson = async (path, body) => {
    const headers = {};
    if (kept.token) headers.authorization = `Bearer ${kept.token}`;
    if (body) headers["content-type"] = "application/json";
    const answer = await fetch(new URL(path, at), {
      method: body ? "POST" : "GET", headers, credentials: "omit", cache: "no-store",
      body: body && JSON.stringify(body),
    });
    return { status: answer.status, json: answer.status === 200 ? await answer.json() : null };
  };

  // Two that ask at once get one session.
  let opening = null;
  const session = () => opening ??= (async () => {
    try {
      const { status, json } = await fetchJson("sessions", {});
      if (status !== 200) throw new Error(`sessions: ${status}`);
      kept.token = json.token;
      keep();
    } finally { opening = null; }
  })();

  const ask = async (path, body) => {
    if (!kept.token) await session();
    const answer = await fetchJson(path, body);
    if (answer.status !== 401) return answer;
    kept.token = null;
    await session();
    return fetchJson(path, body);
  };

  const make = (name, attributes = {}, ...children) => {
    const one = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes))
      if (attribute.startsWith("on")) one.addEventListener(attribute.slice(2), value);
      else if (value !== false) one.setAttribute(attribute, value === true ? "" : value);
    one.append(...children);
    return one;
  };

  const link = (label, url) => {
    const safe = /^(https?:|mailto:|tel:)/i.test(url);
    return safe ? make("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label) : label;
  };

  // Text as text; addresses in it lead there.
  const withLinks = text => text.split(/(https?:\/\/[^\s<>"'（）「」、。]+)/)
    .map((part, n) => n % 2 ? link(part, part) : part);

  const host = make("div", { "data-chat": "" });
  const root = host.attachShadow({ mode: "open" });

  const log = make("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": words.log, tabindex: "0" });
  const status = make("p", { class: "status", role: "status" });
  const field = make("textarea", { id: "field", rows: "1", maxlength: "1000", placeholder: words.field });
  const compose = make("form", { class: "compose", onsubmit: event => { event.preventDefault(); send(); } },
    make("label", { class: "sr", for: "field" }, words.field), field,
    make("button", { class: "main" }, words.send));
  field.addEventListener("keydown", event => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  });
  const proof = make("div", { class: "proof", hidden: true });
  const close = make("button",
    { class: "close", type: "button", "aria-label": words.close, onclick: () => hide() }, "×");
  const panel = make("div",
    { class: "panel", role: isFrame ? "region" : "dialog", "aria-modal": !isFrame && "true", "aria-labelledby": "title",
      hidden: !isFrame },
    make("div", { class: "head" }, make("h2", { id: "title" }, `${shop.name} ${words.title}`),
      ...(isFrame ? [] : [close])),
    log, proof, status, compose);
  const button = make("button",
    { class: "open main", type: "button", "aria-haspopup": "dialog", "aria-expanded": "false", onclick: () => show() },
    words.open);

  // One place for each message: what was said, what was said to it.
  const places = new Map();
  let latest = null;

  const bubble = (who, text, name) => make("div", { class: `said ${who}` },
    make("span", { class: who === "person" ? "who" : "sr" }, `${name}${ja ? "：" : ": "}`),
    make("p", {}, ...withLinks(text)));

  const offered = choices => make("div", { class: "choices", role: "group", "aria-label": words.choices },
    ...choices.map(choice => choice.data
      ? make("button", { type: "button", onclick: () => tap(choice) }, choice.words)
      : link(choice.words, choice.url ?? "")));

  const place = id => {
    if (!places.has(id)) {
      places.set(id, make("div"));
      log.append(places.get(id));
    }
    return places.get(id);
  };

  const fill = entry => {
    const one = place(entry.id);
    if (one.dataset.done) return false;
    one.dataset.done = "1";
    const children = [];
    if (entry.says && !one.childElementCount) children.push(bubble("you", entry.says, words.you));
    if (entry.text) children.push(bubble(entry.byPerson ? "person" : "chat", entry.text,
      entry.byPerson ? words.person : words.chat));
    if (entry.links.length) children.push(make("ul", { class: "links" },
      ...entry.links.map(other => make("li", {}, link(other.words, other.url)))));
    log.querySelectorAll(".choices").forEach(old => old.remove());
    if (entry.choices.length) children.push(offered(entry.choices));
    one.append(...children);
    if (!latest || entry.at > latest) latest = entry.at;
    return true;
  };

  const down = () => { log.scrollTop = log.scrollHeight; };

  const say = (message, shown) => {
    kept.pending.push({ ...message, shown });
    keep();
    log.querySelectorAll(".choices").forEach(old => old.remove());
    place(message.id).append(bubble("you", shown, words.you));
    down();
    flush();
  };

  const send = () => {
    const text = field.value.trim();
    if (!text) return;
    field.value = "";
    say({ id: newId(), text }, text);
  };

  const tap = choice => {
    if (choice.data === "chat:prove") { prove(); return; }
    say({ id: newId(), tap: choice.data, on: choice.words }, choice.words);
    field.focus();
  };

  // What got no answer is sent again, with its id: it is one message however often it arrives.
  let flushing = false;
  const flush = async () => {
    if (flushing) return;
    flushing = true;
    for (let wait = 2; kept.pending.length;) {
      const { shown, ...message } = kept.pending[0];
      let answer = null;
      try { answer = await ask("messages", message); } catch { /* no connection */ }
      if (answer && (answer.status === 200 || answer.status >= 400 && answer.status < 500 && answer.status !== 429)) {
        kept.pending.shift();
        keep();
        wait = 2;
        status.textContent = answer.json ? "" : words.refused;
        if (answer.json) fill(answer.json);
        down();
      } else {
        status.textContent = answer?.status === 429 ? words.often : words.later;
        await new Promise(done => setTimeout(done, wait * 1000));
        wait = Math.min(60, wait * 2);
      }
    }
    flushing = false;
  };

  // News, while somebody looks.
  let timer = null, isAsking = false, since = Date.now();
  const isOpen = () => !panel.hidden;
  const news = async () => {
    clearTimeout(timer);
    if (!isOpen() || document.hidden || isAsking) return;
    isAsking = true;
    try {
      if (kept.token) {
        const answer = await ask(latest ? `messages?after=${encodeURIComponent(latest)}` : "messages");
        const fresh = answer.json?.entries.filter(entry => fill(entry)) ?? [];
        if (fresh.length) { since = Date.now(); down(); }
      }
    } catch { /* asked again below */ }
    isAsking = false;
    clearTimeout(timer);
    timer = setTimeout(news, Date.now() - since > 300000 ? 15000 : 4000);
  };
  document.addEventListener("visibilitychange", news);

  const labelled = (id, label, attributes) => {
    const input = make("input", { id, required: true, ...attributes });
    return [make("label", { for: id }, label), input];
  };

  const prove = (said = "") => {
    const problem = make("p", { class: "problem", role: "alert" }, said);
    const order = labelled("order", words.order, { maxlength: "64", autocomplete: "off" });
    const email = labelled("email", words.email, { type: "email", maxlength: "254", autocomplete: "email" });
    const form = make("form", { "aria-labelledby": "prove" },
      make("h3", { id: "prove" }, words.proveTitle), ...order, ...email, problem,
      make("div", { class: "row" }, make("button", { class: "main" }, words.ask),
        make("button", { type: "button", onclick: () => leave() }, words.cancel)));
    form.addEventListener("submit", event => {
      event.preventDefault();
      submit(form, problem, "proofs", { order: order[1].value.trim(), email: email[1].value.trim() },
        answer => answer.status === 202 ? code() : words.check);
    });
    put(form, order[1]);
  };

  const code = () => {
    const problem = make("p", { class: "problem", role: "alert" });
    const input = labelled("code", words.code,
      { inputmode: "numeric", autocomplete: "one-time-code", maxlength: "12" });
    let given = { id: newId(), code: "" };
    const form = make("form", { "aria-labelledby": "prove" },
      make("h3", { id: "prove" }, words.proveTitle), make("p", { role: "status" }, words.sent), ...input, problem,
      make("div", { class: "row" }, make("button", { class: "main" }, words.give),
        make("button", { type: "button", onclick: () => leave() }, words.cancel)));
    form.addEventListener("submit", event => {
      event.preventDefault();
      const digits = input[1].value.normalize("NFKC").replace(/\D/g, "");
      if (digits !== given.code) given = { id: newId(), code: digits };
      submit(form, problem, "proofs/code", given, answer => {
        if (answer.status === 409) return prove(words.over);
        if (!answer.json) return words.wrong;
        leave();
        status.textContent = words.proved;
        fill({ ...answer.json });
        down();
      });
    });
    put(form, input[1]);
  };

  const submit = async (form, problem, path, body, then) => {
    const main = form.querySelector("button.main");
    if (main.getAttribute("aria-disabled") === "true") return;
    main.setAttribute("aria-disabled", "true");
    problem.textContent = "";
    try {
      const answer = await ask(path, body);
      problem.textContent = answer.status === 429 ? words.often
        : answer.status >= 500 ? words.later : then(answer) ?? "";
    } catch { problem.textContent = words.often; }
    main.removeAttribute("aria-disabled");
  };

  const put = (form, first) => {
    proof.replaceChildren(form);
    proof.hidden = false;
    compose.hidden = true;
    first.focus();
    down();
  };

  const leave = () => {
    proof.replaceChildren();
    proof.hidden = true;
    compose.hidden = false;
    field.focus();
  };

  let isBegun = false;
  const begin = async () => {
    if (isBegun) return;
    isBegun = true;
    log.setAttribute("aria-live", "off");
    log.append(bubble("chat", words.hello, words.chat), offered([{ words: words.prove, data: "chat:prove" }]));
    await news();
    for (const { id, shown } of kept.pending)
      if (!places.has(id)) place(id).append(bubble("you", shown, words.you));
    down();
    log.setAttribute("aria-live", "polite");
    flush();
  };

  const show = () => {
    panel.hidden = false;
    button.hidden = true;
    button.setAttribute("aria-expanded", "true");
    since = Date.now();
    (compose.hidden ? proof.querySelector("input") : field).focus();
    if (isBegun) news();
    else begin();
  };

  const hide = () => {
    panel.hidden = true;
    button.hidden = false;
    button.setAttribute("aria-expanded", "false");
    clearTimeout(timer);
    button.focus();
  };

  if (!isFrame) panel.addEventListener("keydown", event => {
    if (event.key === "Escape" && !event.isComposing) {
      event.stopPropagation();
      hide();
    } else if (event.key === "Tab") {
      const all = [...panel.querySelectorAll("a[href], button, input, textarea, [tabindex='0']")]
        .filter(one => one.getClientRects().length);
      const [first, last] = [all[0], all.at(-1)];
      if (event.shiftKey && root.activeElement === first) { event.preventDefault(); last.focus(); }
      else if (!event.shiftKey && root.activeElement === last) { event.preventDefault(); first.focus(); }
    }
  });

  const css = `
    :host { all: initial; --accent: ${shop.accent}; --on: ${shop.onAccent}; --link: ${shop.link}; --card: ${shop.card};
      --text: ${shop.text}; --quiet: ${shop.quiet}; --soft: ${shop.page}; --line: #8a8f8b; color-scheme: light; }
    @media (prefers-color-scheme: dark) { :host { --link: ${shop.linkDark}; --card: #1f2321; --text: #eceeec;
      --quiet: #b3b9b5; --soft: #2c312e; --line: #7d8580; color-scheme: dark; } }
    *, *::before { box-sizing: border-box; font: 16px/1.6 ${shop.font}; }
    [hidden] { display: none !important; }
    .sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    button { min-height: 44px; padding: 6px 16px; border-radius: 22px; border: 1px solid var(--link);
      color: var(--link); background: var(--card); cursor: pointer; }
    button.main { border-color: var(--accent); background: var(--accent); color: var(--on); }
    :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
    button.main:focus-visible { box-shadow: 0 0 0 2px var(--card); }
    .open { position: fixed; z-index: 2147483000; inset-block-end: 20px; inset-inline-end: 20px; min-height: 52px;
      border: 2px solid var(--card); border-radius: 26px; box-shadow: 0 2px 12px #0005; }
    .panel { position: fixed; z-index: 2147483000; inset-block-end: 20px; inset-inline-end: 20px; display: flex;
      flex-direction: column; width: min(400px, calc(100vw - 40px)); height: min(640px, calc(100dvh - 40px));
      overflow: hidden; color: var(--text); background: var(--card); border: 1px solid var(--line);
      border-radius: 14px; box-shadow: 0 4px 24px #0006; }
    @media (max-width: 520px) { .panel { inset: 0; width: 100vw; height: 100dvh; border: 0; border-radius: 0; } }
    .panel[role=region] { inset: 0; width: 100%; height: 100%; border: 0; border-radius: 0; box-shadow: none; }
    .head { display: flex; align-items: center; gap: 8px; padding: 8px 8px 8px 16px; color: var(--on);
      background: var(--accent); }
    h2 { flex: 1; margin: 0; font-weight: bold; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .close { min-width: 44px; padding: 0; font-size: 24px; line-height: 1; color: var(--on); background: none;
      border: 0; }
    .close:focus-visible { outline-color: var(--on); outline-offset: -4px; }
    .log { flex: 1; padding: 16px; overflow-y: auto; overscroll-behavior: contain; }
    .log:focus-visible { outline-offset: -3px; }
    .said { width: fit-content; max-width: 88%; margin: 0 0 10px; padding: 8px 14px; border-radius: 14px;
      background: var(--soft); }
    .said p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
    .you { margin-inline-start: auto; color: var(--on); background: var(--accent); }
    .you a { color: inherit; }
    .person { border-inline-start: 4px solid var(--accent); }
    .who { font-size: 13px; font-weight: bold; }
    a { color: var(--link); overflow-wrap: anywhere; }
    .links { margin: 0 0 10px; padding-inline-start: 24px; }
    .links a { display: inline-block; padding: 6px 0; }
    .choices { display: flex; flex-wrap: wrap; gap: 8px; margin: 0 0 12px; }
    .choices a { padding: 10px 0; }
    .status { margin: 0; padding: 0 16px; font-size: 14px; color: var(--text); }
    .compose { display: flex; gap: 8px; padding: 10px 12px calc(10px + env(safe-area-inset-bottom)); }
    textarea, input { min-height: 44px; padding: 8px 12px; color: var(--text); background: var(--card);
      border: 1px solid var(--line); border-radius: 10px; }
    textarea { flex: 1; min-width: 0; max-height: 140px; resize: none; field-sizing: content; }
    ::placeholder { color: var(--quiet); opacity: 1; }
    .proof { max-height: 70%; padding: 12px 16px; overflow-y: auto; border-top: 1px solid var(--line); }
    .proof form { display: grid; gap: 6px; }
    .proof p, h3 { margin: 0; }
    h3 { font-weight: bold; }
    .problem { font-weight: bold; }
    .row { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 6px; }`;
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
  } catch { root.append(make("style", {}, css)); }
  host.lang = ja ? "ja" : "en";
  panel.lang = host.lang;
  root.append(...(isFrame ? [panel] : [button, panel]));

  const mount = () => {
    document.body.append(host);
    if (isFrame || kept.pending.length) begin();
  };
  if (document.body) mount();
  else document.addEventListener("DOMContentLoaded", mount);
})

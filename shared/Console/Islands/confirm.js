// Asks before a form with data-confirm is sent: a dialog in place of the page's own question.
import { say } from "./words.js";

const agreed = new WeakSet();

/** The question that stands folded in the page becomes one button, which the dialog then asks about. */
export function askFirst(root) {
  for (const folded of root.querySelectorAll("form[data-confirm] > details.ask")) {
    const [label, button] = [folded.querySelector("summary"), folded.querySelector("button")];
    if (!label || !button) continue;
    button.dataset.agree = button.textContent.trim();
    button.replaceChildren(...label.childNodes);
    folded.replaceWith(button);
  }
}

document.addEventListener("submit", event => {
  const form = event.target;
  if (!form.dataset.confirm || agreed.delete(form)) return;
  event.preventDefault();
  ask(form.dataset.confirm, event.submitter, () => {
    agreed.add(form);
    form.requestSubmit(event.submitter);
    agreed.delete(form);
  });
});

/** Closing returns the focus to the button that was pressed: browsers see to that. */
function ask(question, button, agree) {
  const dialog = document.createElement("dialog");
  dialog.className = "confirm";
  dialog.setAttribute("aria-labelledby", "confirm-question");
  const text = document.createElement("p");
  text.id = "confirm-question";
  text.textContent = question;
  const row = document.createElement("div");
  row.className = "actions";
  const no = choice(say("やめる", "Cancel"), "button");
  no.autofocus = true;
  const yes = choice(button?.dataset.agree ?? say("はい、実行する", "Yes, do it"), button?.className || "button primary");
  row.append(no, yes);
  dialog.append(text, row);
  no.addEventListener("click", () => dialog.close());
  yes.addEventListener("click", () => dialog.close("yes"));
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (dialog.returnValue === "yes") agree();
  });
  document.body.append(dialog);
  dialog.showModal();
}

function choice(label, style) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = style;
  button.textContent = label;
  return button;
}

// Files are sent as soon as they are chosen, one after the other, with their progress, and kept under the
// form's key; large photos are made smaller first. What could not be sent stays in the field and goes along
// with the form, as it does without this file.
(() => {
  "use strict";

  const words = document.getElementById("hd-words");
  const form = words && words.closest("form");
  if (!form || !window.DataTransfer) return;

  const say = (name, facts = {}) =>
    words.dataset[name].replace(/\{(\w+)\}/g, (_whole, fact) => facts[fact] ?? "");
  const waiting = new Map(); // field → files that are not kept yet
  let queue = Promise.resolve();
  let running = 0;
  let held = null; // the button that was pressed while files were on their way

  const element = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  };

  // --- Smaller photos -------------------------------------------------------------------------------

  const LARGE = 1024 * 1024;

  async function shrunk(file, side) {
    if (!/^image\/(jpeg|png)$/.test(file.type) || file.size <= LARGE || !window.createImageBitmap) return file;
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const share = Math.min(1, side / Math.max(picture.width, picture.height));
      const canvas = element("canvas");
      canvas.width = Math.round(picture.width * share);
      canvas.height = Math.round(picture.height * share);
      const pen = canvas.getContext("2d");
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
      picture.close();
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.82));
      if (!blob || blob.size >= file.size) return file;
      return new File([blob], file.name.replace(/\.png$/i, ".jpg"), { type: "image/jpeg" });
    } catch {
      return file; // the server looks at it as it is
    }
  }

  // --- What stands beside a field ---------------------------------------------------------------------

  function put(field, files) {
    const carrier = new DataTransfer();
    files.forEach((file) => carrier.items.add(file));
    field.files = carrier.files;
  }

  function settle(field, file) {
    waiting.set(field, (waiting.get(field) || []).filter((one) => one !== file));
    put(field, waiting.get(field));
  }

  function replace(field, file, smaller) {
    waiting.set(field, (waiting.get(field) || []).map((one) => (one === file ? smaller : one)));
    put(field, waiting.get(field));
  }

  function listOf(field) {
    const box = field.closest(".hd-field");
    let list = box.querySelector(".hd-kept");
    if (!list) {
      list = element("ul", "hd-kept");
      list.setAttribute("aria-label", say("keptFiles"));
      field.before(list);
    }
    return list;
  }

  function lineOf(file) {
    const line = element("li");
    const name = element("span");
    name.append(element("span", "", "✓ "), element("bdi", "", file.name));
    name.firstChild.setAttribute("aria-hidden", "true");
    name.append(" ", element("span", "hd-muted", `(${file.size}, ${say("kept")})`));
    const button = element("button", "hd-link", say("remove"));
    button.type = "submit";
    button.name = "aksi";
    button.value = `buang:${file.pk}`;
    button.formNoValidate = true;
    button.append(element("span", "hd-hidden", ` ${file.name}`));
    line.append(name, button);
    line.dataset.pk = file.pk;
    return line;
  }

  // A file whose question this form does not ask is shown with the other attachments, as the server does.
  function show(kept) {
    form.querySelectorAll("input[type=file]").forEach((field) => {
      const mine = kept.filter(
        (file) =>
          file.slot === field.name || (field.name === "lampiran" && !form.querySelector(`[type=file][name="${file.slot}"]`))
      );
      const old = field.closest(".hd-field").querySelector(".hd-kept");
      if (!mine.length && !old) return;
      const list = listOf(field);
      list.querySelectorAll("li:not([data-coming])").forEach((line) => line.remove());
      list.prepend(...mine.map(lineOf));
      if (!list.children.length) list.remove();
    });
  }

  // What is wrong with which file; it stays until that file is settled or others are chosen.
  const wrong = new Map();

  function complain(field, file, text) {
    const texts = wrong.get(field) || new Map();
    text ? texts.set(file, text) : file ? texts.delete(file) : texts.clear();
    wrong.set(field, texts);
    const box = field.closest(".hd-field");
    let line = box.querySelector(".hd-error");
    if (!line && !texts.size) return;
    if (!line) {
      line = element("p", "hd-error");
      line.id = `${field.id}_error`;
      line.setAttribute("role", "alert");
      (box.querySelector(".hd-kept") || field).before(line);
      field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") || ""} ${line.id}`.trim());
    }
    line.textContent = [...texts.values()].join(" ");
    line.hidden = !texts.size;
    box.classList.toggle("hd-field--bad", Boolean(texts.size));
    texts.size ? field.setAttribute("aria-invalid", "true") : field.removeAttribute("aria-invalid");
  }

  // --- Sending ----------------------------------------------------------------------------------------

  const STALLED = 90000; // milliseconds without a single byte

  function ask(data, progress) {
    return new Promise((done, failed) => {
      const request = new XMLHttpRequest();
      let patience;
      const hope = () => {
        clearTimeout(patience);
        patience = setTimeout(() => request.abort(), STALLED);
      };
      request.open("POST", words.dataset.keep);
      request.responseType = "json";
      request.upload.onprogress = (event) => {
        hope();
        if (progress && event.lengthComputable) progress(Math.floor((event.loaded / event.total) * 100));
      };
      request.onloadend = () => {
        clearTimeout(patience);
        const answer = request.response;
        answer && Array.isArray(answer.kept) ? done({ ...answer, status: request.status }) : failed(new Error());
      };
      const body = new FormData();
      body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      body.append("kunci", form.elements.kunci.value);
      Object.entries(data).forEach(([name, value]) => body.append(name, value));
      hope();
      request.send(body);
    });
  }

  async function send(field, chosen, line) {
    const bar = line.querySelector("progress");
    const note = line.querySelector(".hd-muted");
    const file = await shrunk(chosen, field.name === "lampiran" ? 1600 : 2200);
    if (file !== chosen) replace(field, chosen, file);
    bar.hidden = false;
    note.textContent = "";
    try {
      const answer = await ask({ slot: field.name, [field.name]: file }, (percent) => {
        bar.value = percent;
        note.textContent = `${percent} %`;
      });
      if (answer.status === 200) {
        settle(field, file);
        line.remove();
        show(answer.kept);
        return true;
      }
      if (answer.refused) {
        settle(field, file);
        line.remove();
        show(answer.kept);
        complain(field, file, answer.problem);
        return false;
      }
      failed(field, file, line, answer.problem);
    } catch {
      failed(field, file, line, say("failed", { name: file.name }));
    }
    return false;
  }

  function failed(field, file, line, text) {
    line.querySelector("progress").hidden = true;
    line.querySelector(".hd-muted").textContent = "";
    complain(field, file, text);
    const again = element("button", "hd-link", say("again"));
    again.type = "button";
    again.append(element("span", "hd-hidden", ` ${file.name}`));
    again.addEventListener("click", () => {
      line.remove();
      complain(field, file);
      enqueue(field, file);
    });
    line.append(again);
  }

  function enqueue(field, file) {
    const line = element("li", "hd-coming");
    line.dataset.coming = "";
    const bar = element("progress");
    bar.max = 100;
    bar.hidden = true;
    bar.setAttribute("aria-label", say("sending", { name: file.name }));
    line.append(element("bdi", "", file.name), bar, element("span", "hd-muted", say("inLine")));
    listOf(field).append(line);
    status.textContent = say("sending", { name: file.name });
    running += 1;
    queue = queue
      .then(() => send(field, file, line))
      .then((good) => {
        running -= 1;
        if (good) status.textContent = say("done", { name: file.name });
        if (!good && held) {
          // The person decides: the form can go without this file, or with it.
          held = null;
          status.className = "hd-hidden";
          status.textContent = "";
        }
        if (!running && held) {
          const button = held;
          held = null;
          form.requestSubmit(button);
        }
      });
  }

  // Read out by screen readers: what is sent, what has arrived. Percentages are seen, not read.
  const status = element("p", "hd-hidden");
  status.setAttribute("role", "status");
  words.before(status);

  form.addEventListener("change", (event) => {
    const field = event.target;
    if (field.type !== "file" || !field.files.length) return;
    const fresh = [...field.files];
    waiting.set(field, field.multiple ? [...(waiting.get(field) || []), ...fresh] : fresh);
    put(field, waiting.get(field));
    complain(field);
    if (!field.multiple) listOf(field).querySelectorAll("[data-coming]").forEach((line) => line.remove());
    fresh.forEach((file) => enqueue(field, file));
  });

  form.addEventListener("click", async (event) => {
    const button = event.target.closest("button[value^='buang:']");
    if (!button) return;
    event.preventDefault();
    try {
      const answer = await ask({ buang: button.value.slice(6) });
      if (answer.status !== 200) throw new Error();
      const field = button.closest(".hd-field").querySelector("input[type=file]");
      show(answer.kept);
      field.focus();
    } catch {
      status.textContent = say("offline");
    }
  });

  // Pressed while files are on their way: the form follows them, so that they are not sent twice.
  document.addEventListener(
    "submit",
    (event) => {
      if (event.target !== form || !running) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      held = event.submitter;
      status.className = "hd-note";
      status.textContent = say("held");
    },
    true
  );

  // A draft that was taken up again brings its files along (draft.js).
  form.addEventListener("hd-key", async () => {
    try {
      show((await ask({})).kept);
    } catch {
      // Shown after the next send; nothing is lost.
    }
  });
})();

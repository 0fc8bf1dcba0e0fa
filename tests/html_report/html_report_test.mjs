// The pages of `check --format=html` in a browser: node html_report_test.mjs FOLDER [planted], where FOLDER has the
// pages that tools/html_report.sh makes and gets the screenshots.  "planted" looks at planted.html alone, which must
// fail.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(new URL("../../third_party/tools/browser/package.json", import.meta.url));
const { chromium } = require("playwright-core");

const folder = resolve(process.argv[2]);
const planted = process.argv[3] === "planted";
const wide = { width: 1360, height: 860 };
const phone = { width: 390, height: 844 };

let browser;
before(async () => {
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium" });
});
after(() => browser?.close());

// look NAME TITLE OPTIONS LOOK: opens the page NAME, hands it to LOOK, and holds it to what every page must keep.
function look(name, title, options, check) {
  if (planted !== (name === "planted")) return;
  test(`${name}: ${title}`, { timeout: 60000 }, async () => {
    const context = await browser.newContext({ viewport: wide, ...options });
    const page = await context.newPage();
    const url = pathToFileURL(`${folder}/${name}.html`).href;
    const trouble = [];
    page.on("console", (message) => trouble.push(message.text()));
    page.on("pageerror", (error) => trouble.push(error.message));
    page.on("dialog", (dialog) => trouble.push(dialog.message()));
    page.on("request", (request) => {
      if (request.url() !== url && request.url() !== "data:,") trouble.push(request.url());
    });
    await page.goto(url);
    await check(page, (part) => page.screenshot({ path: `${folder}/${name}-${part}.png` }));
    assert.deepEqual(trouble, []);
    await context.close();
  });
}

const proof = (page) => page.locator("#proof");
const focused = (page) => page.evaluate(() => document.activeElement.id);
const hash = (page) => page.evaluate(() => location.hash);

// Whether the middle of the element can be seen.
const inView = (locator) =>
  locator.evaluate((element) => {
    const box = element.getClientRects()[0];
    const x = box.left + box.width / 2;
    const y = box.top + box.height / 2;
    const seen = x > 0 && y > 0 && x < innerWidth && y < innerHeight && document.elementFromPoint(x, y);
    return Boolean(seen) && element.contains(seen);
  });

look("planted", "its script does not run", {}, async (page) => {
  assert.equal(await page.locator("#filters").isHidden(), true);
});

look("clean", "says that nothing was found and marks every figure", {}, async (page, shoot) => {
  assert.equal(await page.locator(".nothing").textContent(), "没有问题。");
  const rows = await page.locator("#figures tbody tr").count();
  assert.ok(rows > 15);
  assert.equal(await page.locator(".text a.fig").count(), rows);
  assert.equal(await page.locator(".text a.s-suspect, .text a.s-contradicted").count(), 0);
  assert.ok((await page.locator(".text a.s-exact").count()) > 0);
  assert.ok((await page.locator(".text a.s-rounding").count()) > 0);
  await shoot("wide");
});

for (const [name, back] of [
  ["faulty", "回到问题"],
  ["faulty_en", "Back to finding"],
  ["table", "回到问题"],
  ["several", "回到问题"],
]) {
  look(name, "a finding leads to its figure and back", {}, async (page, shoot) => {
    await shoot("wide");
    const findings = page.locator(".finding");
    const count = await findings.count();
    assert.ok(count > 0);
    for (let i = 0; i < count; ++i) {
      const jump = findings.nth(i).locator("a.jump");
      const target = (await jump.getAttribute("href")).slice(1);
      await jump.click();
      await proof(page).waitFor();
      assert.equal(await focused(page), target);
      const figure = page.locator(`#${target}`);
      assert.equal(await inView(figure), true, `${target} is out of sight`);
      // The window tells the arithmetic and names what the figure was held against.
      const said = await proof(page).innerText();
      const message = (await jump.innerText()).split("\n")[0];
      assert.ok(said.includes(message), said);
      assert.ok((await proof(page).locator(".operands a.to").count()) >= 2);
      await shoot(`finding-${i + 1}`);
      await page.getByRole("link", { name: `${back} ${i + 1}`, exact: true }).click();
      assert.equal(await hash(page), `#p${i + 1}`);
      assert.equal(await jump.evaluate((link) => link === document.activeElement), true);
      assert.equal(await proof(page).isVisible(), false);
      // The browser's own way back leads to the figure again.
      await page.goBack();
      await proof(page).waitFor();
      assert.equal(await focused(page), target);
      await page.keyboard.press("Escape");
    }
  });
}

look("several", "a finding far below is scrolled to", {}, async (page) => {
  const jump = page.locator(".finding a.jump").last();
  const figure = page.locator(await jump.getAttribute("href"));
  assert.equal(await inView(figure), false);
  await jump.click();
  await proof(page).waitFor();
  assert.equal(await inView(figure), true);
  // The name of a report that could not be checked stands there with the reason.
  assert.equal(await page.locator(".report.failed .failure").count(), 1);
  assert.equal(await page.locator(".contents li").count(), await page.locator(".report").count());
});

look("faulty", "the keyboard is enough", {}, async (page) => {
  await page.keyboard.press("Tab");
  const skip = page.locator(".skip");
  assert.equal(await inView(skip), true);
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "reports");
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "f1-1");
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), "none");
  await page.keyboard.press("ArrowRight");
  assert.equal(await focused(page), "f1-2");
  await page.keyboard.press("End");
  assert.equal(await focused(page), "f1-15");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Home");
  assert.equal(await focused(page), "f1-1");
  // Figures are one stop: the next Tab leaves them.
  await page.keyboard.press("Shift+Tab");
  assert.ok(!(await focused(page)).startsWith("f"));
  await page.keyboard.press("Tab");
  // Enter goes into the window, Tab through it, Escape back.
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "proof");
  assert.equal(await proof(page).getAttribute("role"), "dialog");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "close");
  await page.keyboard.press("Escape");
  assert.equal(await proof(page).isVisible(), false);
  assert.equal(await focused(page), "f1-1");
  // From the window to an operand.
  await page.keyboard.press("Enter");
  const operand = proof(page).locator(".operands a.to:not([href='#f1-1'])").first();
  const target = (await operand.getAttribute("href")).slice(1);
  await operand.focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction((id) => document.activeElement.id === id, target);
  assert.equal(await inView(page.locator(`#${target}`)), true);
  // Findings: arrows between them, Enter to the figure, Escape twice to come back.
  await page.locator("#p1 a.jump").focus();
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.evaluate(() => document.activeElement.closest(".finding").id), "p2");
  await page.keyboard.press("Enter");
  await proof(page).waitFor();
  assert.ok((await focused(page)).startsWith("f1-"));
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => document.activeElement.closest(".finding").id), "p2");
  // The end of the window leads back to the figure.
  await page.locator("#f1-1").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Shift+Tab");
  assert.equal(await focused(page), "f1-1");
});

look("faulty", "the mouse shows and hides the proof", {}, async (page) => {
  await page.locator("#f1-4").hover();
  await proof(page).waitFor();
  await proof(page).hover();
  await page.waitForTimeout(500);
  assert.equal(await proof(page).isVisible(), true);
  await page.locator(".legend").hover();
  await proof(page).waitFor({ state: "hidden" });
  await page.locator("#f1-4").click();
  await page.locator(".legend").hover();
  await page.waitForTimeout(500);
  assert.equal(await proof(page).isVisible(), true);
  await page.getByRole("button", { name: "关闭" }).click();
  assert.equal(await proof(page).isVisible(), false);
});

look("several", "filters choose findings and figures", {}, async (page, shoot) => {
  const shown = async () => [
    await page.locator(".finding:visible").count(),
    await page.locator("#figures tbody tr:visible").count(),
    await page.locator(".text a.fig:not(.dim)").count(),
  ];
  const everything = await shown();
  assert.equal(everything[1], everything[2]);
  const choose = (label, value) => page.getByRole("combobox", { name: label }).selectOption(value);
  await choose("程度", "warning");
  assert.deepEqual(await shown(), [0, 0, 0]);
  await choose("程度", "error");
  assert.equal((await shown())[0], everything[0]);
  await choose("程度", "");
  await choose("结论", "suspect");
  const suspects = await page.locator(".text a.s-suspect").count();
  assert.deepEqual((await shown()).slice(1), [suspects, suspects]);
  await shoot("filtered");
  await choose("结论", "");
  await choose("规则", "growth-gap-in-points");
  assert.equal((await shown())[0], 1);
  assert.equal(
    await page.locator("#shown").textContent(),
    `显示 1 / ${everything[0]} 处问题，${(await shown())[1]} / ${everything[1]} 个数据`,
  );
  // A link to what is filtered out shows it again.
  await choose("规则", "growth-gap-in-points");
  await choose("结论", "unchecked");
  assert.equal((await shown())[0], 0);
  await page.evaluate(() => (location.hash = "#p1"));
  await page.waitForFunction(() => document.querySelector("#p1").offsetHeight > 0);
  assert.deepEqual(await shown(), everything);
  await choose("结论", "exact");
  await page.getByRole("button", { name: "清除筛选" }).click();
  await page.waitForFunction((count) => document.querySelectorAll(".dim").length === count, 0);
  assert.deepEqual(await shown(), everything);
});

look("table", "the table of figures sorts and leads to the text", {}, async (page, shoot) => {
  const column = (at) =>
    page.locator("#figures tbody tr").evaluateAll(
      (rows, cell) => rows.map((row) => row.cells[cell].dataset.k ?? row.cells[cell].textContent),
      at,
    );
  const original = await column(1);
  await page.getByRole("button", { name: "数值" }).click();
  const values = (await column(7)).map(Number);
  assert.deepEqual(values, [...values].sort((a, b) => a - b));
  assert.ok(values[0] < 0 && values.at(-1) > 1e11);
  assert.equal(await page.locator("th[aria-sort=ascending]").count(), 1);
  await page.locator("#figures").scrollIntoViewIfNeeded();
  await shoot("sorted");
  await page.getByRole("button", { name: "数值" }).click();
  assert.deepEqual((await column(7)).map(Number), [...values].reverse());
  assert.equal(await page.locator("th[aria-sort=descending]").count(), 1);
  await page.getByRole("button", { name: "结论" }).click();
  assert.equal(await page.locator("th[aria-sort]").count(), 1);
  const states = await column(9);
  assert.deepEqual(states, [...states].sort());
  await page.getByRole("button", { name: "位置" }).click();
  assert.deepEqual(await column(1), original);
  await page.locator("#d1-16 .content a").click();
  await proof(page).waitFor();
  assert.equal(await focused(page), "f1-16");
  assert.equal(await inView(page.locator("#f1-16")), true);
  // The report's own table: head cells, spans, and a figure in each cell that has one.
  const table = page.locator(".text table");
  assert.equal(await table.locator("th[colspan='2'], td[colspan='2']").count(), 2);
  assert.equal(await table.locator("td > a.fig").count(), 16);
});

// The least contrast that WCAG asks for text, on what is quiet on purpose.
const quiet = [".count", ".place", ".rule", ".counts", ".legend li", ".severity", "dt", "dd a", "ins", ".text .fig"];
const contrasts = (page) =>
  page.evaluate((selectors) => {
    const luminance = (color) => {
      const [r, g, b] = color.match(/[\d.]+/g).slice(0, 3).map((part) => {
        const level = part / 255;
        return level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (element) => {
      for (; element; element = element.parentElement) {
        const color = getComputedStyle(element).backgroundColor;
        if (!color.endsWith(", 0)")) return color;
      }
      return "rgb(255, 255, 255)";
    };
    return selectors.flatMap((selector) =>
      Array.from(document.querySelectorAll(selector), (element) => {
        const a = luminance(getComputedStyle(element).color);
        const b = luminance(behind(element));
        return [selector, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)];
      }),
    );
  }, quiet);

for (const colorScheme of ["light", "dark"]) {
  look("faulty", `reads well when the system is ${colorScheme}`, { colorScheme }, async (page, shoot) => {
    const all = await contrasts(page);
    assert.ok(all.length > 50);
    for (const [selector, contrast] of all) assert.ok(contrast >= 4.5, `${selector}: ${contrast}`);
    await page.locator(".finding a.jump").first().click();
    await shoot(colorScheme);
  });
}

look("faulty", "a switch changes light and dark", { colorScheme: "light" }, async (page) => {
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await paper();
  const theme = page.locator("#theme");
  await theme.click();
  assert.equal(await theme.textContent(), "明暗 · 浅色");
  assert.equal(await paper(), light);
  await theme.click();
  assert.equal(await theme.textContent(), "明暗 · 深色");
  assert.notEqual(await paper(), light);
  await page.reload();
  assert.notEqual(await paper(), light);
  await theme.click();
  assert.equal(await paper(), light);
});

look("faulty_en", "speaks English and leaves the report in Chinese", {}, async (page) => {
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  const words = await page.evaluate(() => {
    const text = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const parent = walk.currentNode.parentElement;
      if (!parent.closest(".text, script, .content, td, dd, a, .relation, #proof")) text.push(walk.currentNode.data);
    }
    return text.join("");
  });
  assert.ok(words.includes("Findings") && words.includes("holds within rounding"));
  assert.equal(/[\u4e00-\u9fff]/.test(words), false, words);
  assert.equal(await page.locator(".text").getAttribute("lang"), "zh");
  assert.match(await page.locator(".text").innerText(), /分地区看/);
});

look("faulty", "findings and marks stand on paper", { colorScheme: "dark" }, async (page, shoot) => {
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("#filters").isVisible(), false);
  assert.equal(await page.locator("#theme").isVisible(), false);
  assert.equal(await page.locator(".finding:visible").count(), 2);
  // Without colours and backgrounds the lines are there.
  const line = (selector) =>
    page.locator(`.text ${selector}`).first().evaluate((mark) => {
      const style = getComputedStyle(mark);
      const box = style.outlineStyle === "none" ? "" : `${style.outlineStyle} box `;
      return box + (style.textDecorationLine === "none" ? "" : style.textDecorationStyle);
    });
  assert.deepEqual(
    [await line(".s-suspect"), await line(".s-contradicted"), await line(".s-rounding"), await line(".s-exact")],
    ["solid box ", "wavy", "dashed", "solid"],
  );
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)");
  await shoot("print");
  const pdf = await page.pdf({ path: `${folder}/faulty.pdf`, format: "A4" });
  assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
});

look("faulty", "needs no script to be read", { javaScriptEnabled: false }, async (page, shoot) => {
  await shoot("no-script");
  assert.equal(await page.locator("#filters").isVisible(), false);
  assert.equal(await page.locator(".finding:visible").count(), 2);
  const jump = page.locator(".finding a.jump").first();
  const target = await jump.getAttribute("href");
  await jump.click();
  assert.ok(page.url().endsWith(target));
  assert.equal(await inView(page.locator(target)), true);
  const row = await page.locator(target).getAttribute("href");
  await page.locator(target).click();
  assert.ok(page.url().endsWith(row));
  assert.equal(await inView(page.locator(`${row} .content`)), true);
  const check = await page.locator(`${row} .to-check`).first().getAttribute("href");
  await page.locator(`${row} .to-check`).first().click();
  assert.equal(await inView(page.locator(`${check} .relation`)), true);
});

for (const name of ["faulty", "table", "several"]) {
  const options = { viewport: phone, hasTouch: true, isMobile: true };
  look(name, "fits a phone", options, async (page, shoot) => {
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= phone.width);
    await shoot("phone");
    const figure = page.locator(".text a.s-suspect").first();
    await figure.tap();
    await proof(page).waitFor();
    const box = await proof(page).boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= phone.width);
    assert.ok(Math.abs(box.y + box.height - phone.height) < 2);
    await page.getByRole("button", { name: "关闭" }).tap();
    await page.locator(".finding a.jump").first().tap();
    await proof(page).waitFor();
    const target = await page.locator(".finding a.jump").first().getAttribute("href");
    assert.equal(await inView(page.locator(target)), true);
    await shoot("phone-proof");
  });
}

look("hostile", "shows markup as words", {}, async (page, shoot) => {
  const text = await page.locator(".text").innerText();
  assert.ok(text.includes("</script><script>alert(1)</script>"), text);
  assert.ok(text.includes("<img src=x onerror=alert(1)>"), text);
  assert.equal(/[\u202a-\u202e\u2066-\u2069]/.test(text), false);
  assert.equal(await page.locator("img").count(), 0);
  assert.equal(await page.locator("script").count(), 1);
  assert.equal(await page.locator(".text a.fig").count(), 3);
  await shoot("wide");
});

look("several", "every control has a name and every landmark its role", {}, async (page) => {
  const nameless = await page.evaluate(() =>
    Array.from(document.querySelectorAll("button, select, a, [role=region], [role=dialog], nav, section, aside, form"))
      .filter((element) => {
        const label = element.getAttribute("aria-labelledby");
        const name =
          element.getAttribute("aria-label") ||
          (label && document.getElementById(label).textContent) ||
          element.closest("label")?.textContent ||
          (element.matches("a, button") && element.textContent);
        return !name && !element.hidden;
      })
      .map((element) => element.outerHTML.slice(0, 80)),
  );
  assert.deepEqual(nameless, []);
  await page.getByRole("main").waitFor();
  await page.getByRole("complementary").waitFor();
  await page.getByRole("navigation").waitFor();
  assert.equal(await page.getByRole("status").count(), 1);
});

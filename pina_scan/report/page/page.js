// Filters, sorts and pages the table of findings. The page says everything without it.
'use strict';
(() => {
  const table = document.getElementById('table');
  if (!table) return;
  const PAGE = 200;
  const byId = (id) => document.getElementById(id);
  const [bar, text, reset, count, pages, next, all] = ['bar', 'text', 'reset', 'count', 'pages', 'next', 'all'].map(byId);
  const selects = [...bar.querySelectorAll('select')];
  const number = new Intl.NumberFormat('en');
  const words = (row) => row.textContent.toLowerCase();
  let groups = [...table.tBodies].map((body) => {
    const [head, ...rows] = body.rows;
    const more = rows.pop();
    return {body, more, head: words(head), rows: rows.map((row) => ({row, words: words(row)}))};
  });
  const total = groups.reduce((sum, group) => sum + group.rows.length, 0);
  let limit = PAGE;

  const shows = () => {
    const wanted = text.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const picked = selects.filter((select) => select.value).map((select) => [select.dataset.of, select.value]);
    let fitting = 0;
    let shown = 0;
    for (const group of groups) {
      let some = false;
      for (const {row, words} of group.rows) {
        const fits = picked.every(([of, value]) => row.dataset[of] === value)
          && wanted.every((word) => words.includes(word) || group.head.includes(word));
        const show = fits && shown < limit;
        fitting += fits;
        shown += show;
        some ||= show;
        row.hidden = !show;
      }
      group.body.hidden = !some;
    }
    const of = fitting < total ? ` of ${number.format(total)}` : '';
    count.textContent = shown < fitting
      ? `${number.format(shown)} of ${number.format(fitting)} places`
      : `${number.format(fitting)}${of} ${total === 1 ? 'place' : 'places'}`;
    pages.hidden = shown === fitting;
    next.textContent = `Show ${number.format(Math.min(PAGE, fitting - shown))} more`;
    table.classList.toggle('empty', fitting === 0);
  };
  const filtered = () => {
    limit = PAGE;
    shows();
  };

  // the columns: what of a row they go by
  const collator = new Intl.Collator('en', {numeric: true});
  const rank = (name) => ({row}) => Number(row.dataset[name]);
  const cell = (number) => ({row}) => row.cells[number].textContent.trim();
  const KEYS = [cell(0), rank('c'), rank('e'), cell(3), cell(4)];
  const sorted = (heading, number) => {
    const down = heading.getAttribute('aria-sort') === 'ascending';
    for (const other of heading.parentNode.cells) other.removeAttribute('aria-sort');
    heading.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    const keys = new Map(groups.flatMap((group) => group.rows.map((row) => [row, KEYS[number](row)])));
    const compare = (a, b) => {
      const [x, y] = [keys.get(a), keys.get(b)];
      // what has nothing to go by comes last either way
      if (x === '' || y === '') return (x === '') - (y === '');
      return (down ? -1 : 1) * (typeof x === 'number' ? x - y : collator.compare(x, y));
    };
    for (const group of groups) {
      group.rows.sort(compare);
      group.more.before(...group.rows.map(({row}) => row));
    }
    groups.sort((a, b) => compare(a.rows[0], b.rows[0]));
    const made = document.createDocumentFragment();
    for (const group of groups) made.append(group.body);
    table.append(made);
    filtered();
  };
  [...table.tHead.rows[0].cells].forEach((heading, number) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = heading.textContent;
    button.addEventListener('click', () => sorted(heading, number));
    heading.replaceChildren(button);
  });

  text.addEventListener('input', filtered);
  selects.forEach((select) => select.addEventListener('change', filtered));
  reset.addEventListener('click', () => {
    text.value = '';
    selects.forEach((select) => { select.value = ''; });
    filtered();
    text.focus();
  });
  next.addEventListener('click', () => {
    limit += PAGE;
    shows();
  });
  all.addEventListener('click', () => {
    limit = Infinity;
    shows();
  });
  bar.hidden = false;
  // browsers keep what was typed when a page is loaded again
  shows();
  new ResizeObserver(() => {
    document.documentElement.style.setProperty('--bar', `${bar.offsetHeight}px`);
  }).observe(bar);

  // a link to a token leads to it, whatever page it is on
  const follow = () => {
    const group = groups.find(({body}) => `#${body.id}` === location.hash);
    if (!group) return;
    if (group.body.hidden) {
      text.value = '';
      selects.forEach((select) => { select.value = ''; });
      limit = Infinity;
      shows();
    }
    group.more.querySelector('details').open = true;
    group.body.scrollIntoView();
  };
  addEventListener('hashchange', follow);
  follow();

  // paper has no buttons: all that fits the filter, and all that is folded
  let before;
  addEventListener('beforeprint', () => {
    const folded = [...document.querySelectorAll('details:not([open])')];
    before = {limit, folded};
    limit = Infinity;
    shows();
    folded.forEach((details) => { details.open = true; });
  });
  addEventListener('afterprint', () => {
    if (!before) return;
    limit = before.limit;
    before.folded.forEach((details) => { details.open = false; });
    before = undefined;
    shows();
  });
})();

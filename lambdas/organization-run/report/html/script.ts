/**
 * The script of the page: filter, sort, a hundred rows at a time, all of them on paper. It moves rows that are already
 * there and writes no text of theirs, so there is nothing to inject into.
 */
export const script = `
'use strict';
document.documentElement.classList.add('js');
document.addEventListener('DOMContentLoaded', () => {
  const byId = (id) => document.getElementById(id);
  const body = byId('rows');
  const step = 100;
  const rows = Array.from(body.rows, (row, order) => ({ row, order, text: null }));
  const inputs = ['filter-text', 'filter-class', 'filter-has', 'filter-changed'].map(byId).filter(Boolean);
  const headings = Array.from(byId('accounts-table').tHead.rows[0].cells);
  let matching = rows;
  let shown = step;
  let column = -1;
  let direction = 1;
  let onPaper = false;

  const grouped = (count) => String(count).replace(/\\B(?=(\\d{3})+$)/g, ',');
  const accounts = (count) => grouped(count) + (count === 1 ? ' account' : ' accounts');
  const textOf = (entry) => {
    entry.text ??= entry.row.textContent.toLowerCase();
    return entry.text;
  };

  const matches = (entry, words, wanted) => {
    const data = entry.row.dataset;
    return (
      (wanted.class === '' || data.class === wanted.class) &&
      (wanted.has === '' || data.has.split(' ').includes(wanted.has)) &&
      (wanted.changed === '' || data.changed.split(' ').includes(wanted.changed)) &&
      words.every((word) => textOf(entry).includes(word))
    );
  };

  const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  const sortValue = (entry) => {
    const cell = entry.row.cells[column];
    if (cell.dataset.sort === undefined) return cell.textContent;
    return cell.dataset.sort === '' ? null : Number(cell.dataset.sort);
  };
  const sorted = (entries) => {
    if (column < 0) return entries;
    return entries
      .map((entry) => ({ entry, value: sortValue(entry) }))
      .sort((one, other) => {
        if (one.value === null || other.value === null)
          return (one.value === null) - (other.value === null) || one.entry.order - other.entry.order;
        const compared =
          typeof one.value === 'number' ? one.value - other.value : collator.compare(one.value, other.value);
        return compared * direction || one.entry.order - other.entry.order;
      })
      .map(({ entry }) => entry);
  };

  const render = () => {
    const count = onPaper ? matching.length : Math.min(shown, matching.length);
    const visible = document.createDocumentFragment();
    for (let index = 0; index < count; index += 1) visible.append(matching[index].row);
    body.replaceChildren(visible);
    const name = column < 0 ? '' : headings[column].textContent.trim().toLowerCase();
    const order = column < 0 ? 'most attention first' : 'by ' + name + (direction < 0 ? ', descending' : ', ascending');
    const some = count < matching.length ? 'Showing ' + grouped(count) + ' of ' : '';
    const which = matching.length < rows.length
      ? grouped(matching.length) + ' matching, of ' + accounts(rows.length)
      : accounts(rows.length);
    byId('count').textContent = some + which + ', ' + order + '.';
    byId('paging').hidden = count >= matching.length;
  };

  const update = () => {
    const value = (id) => byId(id)?.value ?? '';
    const words = value('filter-text').toLowerCase().split(/\\s+/).filter(Boolean);
    const wanted = { class: value('filter-class'), has: value('filter-has'), changed: value('filter-changed') };
    matching = sorted(rows.filter((entry) => matches(entry, words, wanted)));
    shown = step;
    render();
  };

  const sortBy = (index) => {
    // Numbers start with the largest, words with A; the third press goes back to the order of attention.
    const first = headings[index].dataset.numeric === undefined ? 1 : -1;
    if (column !== index) {
      column = index;
      direction = first;
    } else if (direction === first) direction = -first;
    else column = -1;
    headings.forEach((heading, at) => {
      if (at === column) heading.setAttribute('aria-sort', direction < 0 ? 'descending' : 'ascending');
      else heading.removeAttribute('aria-sort');
    });
    update();
  };

  headings.forEach((heading, index) => {
    if (rows[0]?.row.cells[index]?.dataset.sort !== undefined) heading.dataset.numeric = '';
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'sort';
    button.append(...heading.childNodes);
    button.addEventListener('click', () => sortBy(index));
    heading.append(button);
  });
  for (const input of inputs) input.addEventListener('input', update);
  byId('controls').addEventListener('submit', (event) => event.preventDefault());
  byId('controls').hidden = false;
  byId('reset').addEventListener('click', () => {
    for (const input of inputs) input.value = '';
    update();
    byId('filter-text').focus();
  });
  byId('show-more').addEventListener('click', () => {
    const next = matching[shown]?.row;
    shown += step;
    render();
    next?.setAttribute('tabindex', '-1');
    next?.focus({ preventScroll: true });
  });
  for (const tile of document.querySelectorAll('a.tile')) {
    tile.addEventListener('click', () => {
      byId('filter-class').value = tile.dataset.class;
      update();
    });
  }
  const toPaper = (printing) => {
    onPaper = printing;
    render();
  };
  addEventListener('beforeprint', () => toPaper(true));
  addEventListener('afterprint', () => toPaper(false));
  matchMedia('print').addEventListener('change', (media) => toPaper(media.matches));
  update();
  document.documentElement.classList.add('ready');
});
`;

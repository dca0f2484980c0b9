import { describe, expect, it } from 'vitest';
import { nameFields } from './name-fields.ts';

const link = (id: string, text: string) => `<a class="to-field" href="#${id}">${text}</a>`;

describe('the summary of errors', () => {
  it('says which field each error is about', () => {
    const fields =
      '<label for="field-happenedOn">Ngày họp</label><input id="field-happenedOn"/>' +
      '<fieldset class="field choices"><legend id="field-told-name">Đã đọc cho hộ nghe?</legend><input id="field-told"/><label for="field-told">Đã đọc</label></fieldset>' +
      '<fieldset class="field stack" id="field-answers"><legend>Câu trả lời</legend></fieldset>';
    expect(nameFields(link('field-happenedOn', 'Hãy ghi ngày.') + fields)).toContain('>Ngày họp: Hãy ghi ngày.</a>');
    // A group is called by its legend, not by the first thing to tick.
    expect(nameFields(link('field-told', 'Hãy chọn.') + fields)).toContain('>Đã đọc cho hộ nghe: Hãy chọn.</a>');
    expect(nameFields(link('field-answers', 'Thiếu.') + fields)).toContain('>Câu trả lời: Thiếu.</a>');
  });

  it('leaves alone what has no name, and is no link where nothing can be gone to', () => {
    const list = '<p class="error" id="field-households">Chưa đánh dấu hộ nào.</p>';
    expect(nameFields(link('field-households', 'Chưa có hộ.') + list)).toContain('>Chưa có hộ.</a>');
    expect(nameFields(`<li>${link('field-placeIds', 'Chưa có thôn.')}</li>`)).toBe('<li>Chưa có thôn.</li>');
  });

  it('takes a name as text, whatever stands in it and in the name of the field', () => {
    const html = `${link('field-answers.1', 'Sai.')}<label for="field-answers.1">A &lt;b> $1</label><input id="field-answers.1"/>`;
    expect(nameFields(html)).toContain('>A &lt;b> $1: Sai.</a>');
    expect(nameFields('<a href="#field-x">Sai.</a>')).toBe('<a href="#field-x">Sai.</a>');
  });
});

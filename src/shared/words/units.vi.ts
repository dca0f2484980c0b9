/**
 * What is said otherwise when a line is for officers, or when a list holds households and officers: the key of the sentence
 * about households with `.officer` or `.both` behind it (`sayOf`).
 */
export const unitsVi: Readonly<Record<string, string>> = {
  'reason.refused.officer': 'Từ chối khi liên hệ',
  'reason.not-met.officer': 'Đã liên hệ nhưng không gặp',
  'reason.language-unknown.officer': 'Chưa biết cán bộ đọc tiếng gì',
  'reason.delivery-failed.officer': 'Gửi nhưng không đến',
  'reason.delivery-uncertain.officer': 'Đã gửi, chưa rõ đến hay chưa',
  'reason.delivery-waiting.officer': 'Đã gửi, đang chờ xem có đến không',
  'reason.heard-only.officer': 'Chỉ có thể nghe, thấy chung ở nơi công tác',
  'reason.other-language.officer': 'Nơi công tác chỉ có bằng tiếng khác',
  'reason.meeting-absent.officer': 'Đã họp, cán bộ không có mặt',
  'reason.no-device.officer': 'Không có số điện thoại',
  'reason.nothing-done.officer': 'Trong kỳ, ở nơi công tác chưa ghi hoạt động nào',
  'reason.nothing-done.both': 'Trong kỳ, ở thôn hoặc nơi công tác chưa ghi hoạt động nào',

  'coverage.how.denominator.officer':
    'Mẫu số: những cán bộ có trong danh sách vào ngày xem, công tác ở địa bàn của dòng kế hoạch và đúng đối tượng của dòng trong ngày đó.',
  'coverage.how.reached.officer':
    'Đạt: đến hết ngày xem đã có bằng chứng từ mức của dòng trở lên, đúng lần biên soạn của thông điệp. Mỗi cán bộ chỉ đếm một lần.',
  'coverage.how.reached.both':
    'Đạt: đến hết ngày xem đã có bằng chứng từ mức của dòng trở lên, đúng lần biên soạn của thông điệp. Mỗi hộ, mỗi cán bộ chỉ đếm một lần.',
  'coverage.how.earlier.officer':
    'Điều cán bộ đã nhận của cùng lần biên soạn từ trước ngày đầu của dòng cũng được tính, vì không cần nói lại điều đã biết.',
  'coverage.how.earlier.both':
    'Điều hộ, cán bộ đã nhận của cùng lần biên soạn từ trước ngày đầu của dòng cũng được tính, vì không cần nói lại điều đã biết.',
  'coverage.how.could-hear.officer':
    'Có thể nghe/thấy: có gửi đến nhưng bằng tiếng cán bộ không đọc được. Cột này đứng riêng, không cộng vào các mức.',
  'coverage.column.n.officer': 'Thuộc đối tượng',
  'coverage.column.n.both': 'Thuộc đối tượng',
  'coverage.column.again-n.officer': 'Thuộc đối tượng (tính lại hôm nay)',
  'coverage.column.again-n.both': 'Thuộc đối tượng (tính lại hôm nay)',
  'coverage.column.place.officer': 'Nơi công tác',
  'coverage.what.n.officer': 'Thuộc đối tượng',
  'page.coverage.lead.officer':
    'Trong số những cán bộ cần đến, bao nhiêu người đã được tiếp cận, bằng chứng gì, còn ai chưa.',
  'page.coverage.lead.both':
    'Trong số những hộ và cán bộ cần đến, bao nhiêu đã được tiếp cận, bằng chứng gì, còn ai chưa.',
  'page.coverage.row-head.officer': 'Họ và tên',
  'page.coverage.villages.officer': 'Các nơi',
  'page.coverage.villages-about.officer':
    'Ô càng to, nơi đó càng nhiều cán bộ thuộc đối tượng. Bấm vào ô để xem các cán bộ chưa tiếp cận được.',
  'page.coverage.too-many-bars.officer': 'Nhiều nơi quá nên không vẽ biểu đồ. Chọn một xã để xem từng nơi.',
  'ladder.key.officer':
    'Thanh xếp từ bằng chứng mạnh nhất (bên trái) đến yếu nhất. Thanh dài bằng nhau: cả thanh là 100% số cán bộ thuộc đối tượng.',
  'ladder.nobody.officer': 'không có ai thuộc đối tượng',
  'ladder.nobody.both': 'không có ai thuộc đối tượng',
  'ladder.sentence.officer':
    'Thuộc đối tượng {n}: đã làm {s5}, từ đã hiểu trở lên {s4}, từ đã nghe trực tiếp trở lên {s3}, từ đã nhận trở lên {s2}. Chưa tiếp cận được {missing}. Riêng có thể nghe/thấy: {hear}.',

  'page.left-behind.lead.officer':
    'Các cán bộ thuộc đối tượng nhưng chưa được tiếp cận đủ mức, vì sao, và ai sẽ liên hệ.',
  'page.left-behind.lead.both':
    'Các hộ và cán bộ thuộc đối tượng nhưng chưa được tiếp cận đủ mức, vì sao, và ai sẽ đến hoặc liên hệ.',
  'page.left-behind.missing.officer': 'cán bộ chưa tiếp cận được',
  'page.left-behind.missing.both': 'hộ, cán bộ chưa tiếp cận được',
  'page.left-behind.by-village.officer': 'Theo nơi công tác',
  'page.left-behind.by-village.both': 'Theo thôn, nơi công tác',
  'page.left-behind.place.officer': 'Nơi công tác',
  'page.left-behind.found.officer': '{total} cán bộ, tính đến ngày {day}.',
  'page.left-behind.found.both': '{total} hộ, cán bộ, tính đến ngày {day}.',
  'page.left-behind.nobody.officer': 'Không có cán bộ nào chưa tiếp cận được ở đây.',
  'page.left-behind.nobody.both': 'Không có hộ, cán bộ nào chưa tiếp cận được ở đây.',
  'page.left-behind.nobody-such.officer': 'Không có cán bộ nào như vậy.',
  'page.left-behind.nobody-such.both': 'Không có hộ, cán bộ nào như vậy.',
  'page.left-behind.how.officer':
    'Chỉ bằng chứng mới đưa cán bộ ra khỏi danh sách; giao việc hay gọi mà không gặp thì không.',
  'page.left-behind.how.both':
    'Chỉ bằng chứng mới đưa hộ, cán bộ ra khỏi danh sách; giao việc hay ghi “không gặp” thì không.',
  'page.left-behind.assigned.officer': 'Đã giao {households} cán bộ để liên hệ.',
  'page.left-behind.assigned.both': 'Đã giao {households} hộ, cán bộ; {visits} lượt đến hộ.',
  'page.left-behind.assign-hint.officer':
    'Đánh dấu các cán bộ ở trên, rồi chọn người liên hệ và hạn. Giao lại thì lần giao sau thay lần giao trước.',
  'page.left-behind.assign-hint.both':
    'Đánh dấu các hộ, cán bộ ở trên, rồi chọn người đến và hạn. Giao lại thì lần giao sau thay lần giao trước.',
  'page.left-behind.all-of.officer': 'Cả {count} cán bộ trong danh sách này ở {place}',
  'page.left-behind.all-of.both': 'Cả {count} hộ, cán bộ trong danh sách này ở {place}',
  'page.left-behind.follow-up.officer': 'Người liên hệ',
  'page.left-behind.owner.officer': 'Người liên hệ',
  'page.left-behind.owner-name.officer': 'Tên người liên hệ',
  'page.left-behind.step-proposed.officer': 'Theo việc đề nghị của từng cán bộ',
  'page.left-behind.step-proposed.both': 'Theo việc đề nghị của từng hộ, từng cán bộ',
  'page.left-behind.tick.officer': 'Chọn {head}',
  'page.left-behind.tick.both': 'Chọn {head}',
  'page.left-behind.sheet-title.officer': 'Phiếu gặp cán bộ',
  'page.left-behind.sheet-title.both': 'Phiếu của thôn, của nơi công tác',
  'page.left-behind.sheet-hint.officer': 'In trang này (Ctrl+P), khổ A4.',
  'page.left-behind.column.code.officer': 'Mã cán bộ',
  'page.left-behind.column.code.both': 'Mã hộ, mã cán bộ',
  'page.left-behind.column.head.officer': 'Họ và tên',
  'page.left-behind.column.head.both': 'Chủ hộ, cán bộ',
  'page.left-behind.column.village.officer': 'Nơi công tác',
  'page.left-behind.column.village.both': 'Thôn, nơi công tác',
  'page.left-behind.column.owner.officer': 'Người liên hệ',

  'sheet.title.officer': 'Phiếu gặp cán bộ: {place}',
  'sheet.title.both': 'Phiếu đến hộ, gặp cán bộ: {place}',
  'sheet.plan.officer': '{plan} · ngày {day} · {count} cán bộ chưa tiếp cận được',
  'sheet.plan.both': '{plan} · ngày {day} · {count} hộ, cán bộ chưa tiếp cận được',
  'sheet.read-aloud.officer': 'Nói với cán bộ ({language})',
  'sheet.question.officer': 'Hỏi cán bộ ({language})',
  'sheet.column.head.officer': 'Họ và tên',
  'sheet.column.head.both': 'Chủ hộ, cán bộ',
  'sheet.column.code.officer': 'Mã cán bộ',
  'sheet.column.code.both': 'Mã',

  'cli.left-behind.found.officer': '{count} cán bộ chưa tiếp cận được vào ngày {on}.',
  'cli.left-behind.found.both': '{count} hộ, cán bộ chưa tiếp cận được vào ngày {on}.',
  'cli.left-behind.assigned.officer': 'Đã giao {households} cán bộ để liên hệ, hạn {due}.',
  'cli.left-behind.sheet.officer': 'Đã ghi phiếu của {place} ({count} cán bộ) vào {file}.',
  'cli.left-behind.sheet.both': 'Đã ghi phiếu của {place} ({count} hộ, cán bộ) vào {file}.',
  'cli.column.household.officer': 'Mã cán bộ',
  'cli.column.head.officer': 'Họ và tên',
  'cli.column.place.officer': 'Nơi công tác',
  'visit-column.count.officer': 'Số cán bộ',
  'visit-column.count.both': 'Số hộ, cán bộ',
  'visit-column.household.officer': 'Mã cán bộ',
  'visit-column.household.both': 'Mã',
  'visit-column.head.officer': 'Họ và tên',
  'visit-column.head.both': 'Chủ hộ, cán bộ',
  'visit-column.village.officer': 'Nơi công tác',
  'visit-column.village.both': 'Thôn, nơi công tác',

  'reports.column.n.officer': 'Thuộc đối tượng',
  'reports.column.n.both': 'Thuộc đối tượng',
  'reports.note.list.officer': 'Danh sách ngày: {lists}. Nguồn: {sources}.',
  'reports.note.list.both': 'Danh sách ngày: {lists}. Nguồn: {sources}.',
  'reports.note.not-added.officer':
    'Một cán bộ có thể thuộc nhiều dòng nên không cộng số cán bộ của các dòng với nhau. Số chung ở mục I mỗi cán bộ chỉ đếm một lần.',
  'reports.note.not-added.both':
    'Một hộ, một cán bộ có thể thuộc nhiều dòng nên không cộng số của các dòng với nhau. Số chung ở mục I mỗi hộ, mỗi cán bộ chỉ đếm một lần.',
  'reports.note.reasons.officer':
    'Lý do chưa đạt: mỗi cán bộ một lý do, lấy lý do đứng trước trong bảng của phần mềm; bảng nêu tối đa ba lý do nhiều nhất.',
  'reports.note.reasons.both':
    'Lý do chưa đạt: mỗi hộ, mỗi cán bộ một lý do, lấy lý do đứng trước trong bảng của phần mềm; bảng nêu tối đa ba lý do nhiều nhất.',
  'reports.under-table.reached.officer': '(2) Số đạt và tỷ lệ trên số thuộc đối tượng.',
  'reports.under-table.reached.both': '(2) Số đạt và tỷ lệ trên số thuộc đối tượng.',
  'reports.under-table.unknown.officer': '(4) Chưa rõ có thuộc đối tượng không; không tính vào số thuộc đối tượng.',
  'reports.under-table.unknown.both': '(4) Chưa rõ có thuộc đối tượng không; không tính vào số thuộc đối tượng.',
  'reports.note.closed.officer':
    'Số thuộc đối tượng, số đạt là số đã chốt cuối tháng. Số đếm chung, số có bằng chứng từ trước kỳ, lý do chưa đạt và hoạt động tính lại ngày {day}, nên có thể khác số chốt khi có bằng chứng ghi muộn.',
  'reports.note.closed.both':
    'Số thuộc đối tượng, số đạt là số đã chốt cuối tháng. Số đếm chung, số có bằng chứng từ trước kỳ, lý do chưa đạt và hoạt động tính lại ngày {day}, nên có thể khác số chốt khi có bằng chứng ghi muộn.',

  'page.dispatches.again-lead.officer':
    'Chỉ gửi cho những cán bộ mà lần trước không đến. Ai có số hoặc địa chỉ khác thì dùng số, địa chỉ khác.',
  'page.dispatches.only-villages.officer': 'Chỉ gửi ở một số nơi',
  'page.dispatches.villages.officer': 'Nơi công tác',
  'page.dispatches.villages-hint.officer': 'Không đánh dấu nơi nào là gửi ở mọi nơi của dòng này.',
  'page.dispatches.who.missing.officer': 'Chỉ người chưa nhận thông điệp này',
  'page.dispatches.who.all.officer': 'Cả người đã nhận rồi',
  'page.dispatches.reading.officer': 'Người nhận đọc được',
  'page.dispatches.reading.known.officer': 'Chỉ gửi khi chắc chắn đọc được',
  'page.dispatches.reading.maybe.officer': 'Gửi cả khi chưa biết có đọc được không',
  'page.dispatches.reading.anybody.officer': 'Gửi cả khi không đọc được (người khác đọc giúp)',
  'page.dispatches.also-uncertain.officer': 'Gửi lại cả những lượt không rõ (có thể có người nhận hai lần)',
  'page.dispatches.message.officer': 'Nội dung gửi',
  'page.dispatches.sample.officer': 'Đúng lời một cán bộ sẽ nhận:',
  'page.dispatches.per-message.officer': 'Mỗi người',
  'page.dispatches.will-get.officer': 'sẽ nhận',
  'page.dispatches.somebody-reads.officer': 'đọc được',
  'page.dispatches.reads-hint.officer':
    'Chỉ cán bộ đọc được tiếng của bản gửi, và bản gửi đã đến, mới tính là đã nhận thông điệp.',
  'page.dispatches.left-out.officer': 'Ai không được gửi',
  'page.dispatches.by-visit.officer': 'phải gặp trực tiếp',
  'page.dispatches.by-done.officer': 'không cần gửi nữa',
  'page.dispatches.left-out-way.call.officer': 'Không được gửi, gọi điện được',
  'page.dispatches.left-out-way.visit.officer': 'Không được gửi, phải gặp trực tiếp',
  'page.dispatches.left-out-way.done.officer': 'Không được gửi, không cần gửi nữa',
  'page.dispatches.nobody-left-out.officer': 'Không ai bị bỏ lại.',
  'page.dispatches.why-left-out.officer': 'Vì sao {count} cán bộ không được gửi',
  'page.dispatches.households.officer': 'Số cán bộ',
  'page.dispatches.way.visit.officer': 'gặp trực tiếp',
  'page.dispatches.by-village.officer': 'Theo nơi công tác ({count})',
  'page.dispatches.village.officer': 'Nơi công tác',
  'page.dispatches.left-out-short.officer': 'không được gửi',
  'page.dispatches.last.officer': 'Dòng này đã được gửi lần gần nhất: {name}, {at}, {count} cán bộ.',
  'page.dispatches.last-again.officer': 'Ai chưa rõ đã nhận hay chưa thì lần này sẽ nhận thêm một bản nữa.',
  'page.dispatches.nobody.officer': 'Không còn ai để gửi.',
  'page.dispatches.nobody-hint.officer':
    'Bảng “Ai không được gửi” ở trên cho biết vì sao. Hãy đổi cách gửi, hoặc cử người gọi điện, gặp trực tiếp.',
  'page.dispatches.to.left-behind.officer': 'Xem cán bộ chưa tiếp cận được',
  'page.dispatches.send.officer': 'Gửi cho {count} cán bộ',
  'page.dispatches.again.officer': 'Gửi lại cho những người chưa nhận',
  'page.dispatches.to.visit.officer': 'Cử người liên hệ',
  'page.dispatches.places.officer': '{count} nơi',
  'page.dispatches.some-twice.officer': '{count} lượt đã hai lần không đến: cử người gặp trực tiếp.',
  'page.dispatches.left-out-then.officer': 'Ai không được gửi lúc đó ({count} cán bộ)',
  'page.dispatches.household.officer': 'Cán bộ',
  'page.dispatches.found-people.officer': '{count} cán bộ',
};

/**
 * What happens next, and who does it: below the name of a page, by the kind and state of its thing (`src/web/states.ts`).
 * `.others` is for who may not do it themselves.
 */
export const nextVi: Readonly<Record<string, string>> = {
  'next.plan.draft': 'Chưa ghi hoạt động được. Có số, ngày, người ký và bản đã ký thì ban hành.',
  'next.plan.draft.others': 'Chưa ghi hoạt động được. Đang chờ bản đã ký.',

  'next.line.open': 'Chưa ghi việc nào. Làm xong thì ghi, chậm nhất ngày {day}.',
  'next.line.open.others': 'Chưa ghi việc nào, hạn {day}. Cơ quan chủ trì: {body}.',
  'next.line.open.send': 'Chưa gửi tin nào. Gửi chậm nhất ngày {day}.',
  'next.line.open.send.others': 'Chưa gửi tin nào, hạn {day}. Cơ quan chủ trì: {body}.',
  'next.line.late':
    'Hết kỳ ngày {day} mà chưa ghi việc nào. {name}, {post} chịu trách nhiệm: đã làm thì ghi, chưa làm thì làm ngay.',
  'next.line.late.others': 'Hết kỳ ngày {day} mà chưa ghi việc nào. Người chịu trách nhiệm: {name}, {post}.',
  'next.line.unkept': 'Lan Tỏa chưa ghi loại việc này. Xem hồ sơ của {body}.',

  'next.activity.no': 'Lý do: {reason}. Nếu việc có làm thật thì ghi lại.',
  'next.activity.no.others': 'Lý do: {reason}.',

  'next.import.uploaded': 'Máy đang mở tệp và đoán cột. Trang này tự tải lại.',
  'next.import.busy': 'Máy đang kiểm tra từng dòng. Trang này tự tải lại.',
  'next.import.read': 'Máy đã đoán xong các cột. Xem lại, sửa chỗ sai rồi kiểm tra thử.',
  'next.import.read.others': 'Đang chờ cán bộ ghép cột.',
  'next.import.checked': 'Không còn gì vướng. Ghi vào sổ sẽ thêm {added} hộ và đổi thông tin của {changed} hộ.',
  'next.import.checked.others': 'Đang chờ cán bộ ghi vào sổ.',
  'next.import.checked.faulty': 'Còn {count} lỗi nên chưa ghi được. Sửa trong tệp rồi đưa tệp vào lại.',
  'next.import.checked.faulty.others': 'Còn {count} lỗi. Đang chờ cán bộ sửa tệp.',
  'next.import.checked.duplicates': 'Còn {count} câu hỏi “Cùng một hộ?” phải trả lời rồi mới ghi vào sổ được.',
  'next.import.checked.duplicates.others': 'Còn {count} câu hỏi “Cùng một hộ?”. Đang chờ cán bộ trả lời.',
  'next.import.failed': 'Chưa ghi gì vào sổ. Xem lý do dưới đây, sửa tệp rồi tải lại.',
  'next.import.failed.others': 'Chưa ghi gì vào sổ. Đang chờ cán bộ tải tệp khác.',
  'next.import.committed': 'Xem số hộ theo thôn có đúng như xã biết không. Sai thì hoàn tác được.',
  'next.import.committed.others': 'Xem số hộ theo thôn có đúng như xã biết không.',
  'next.import.committed.missing': 'Còn {count} hộ không có tên trong danh sách: hỏi thôn rồi trả lời.',
  'next.import.committed.missing.others': 'Còn {count} hộ không có tên trong danh sách. Đang chờ cán bộ trả lời.',
  'next.import.undone': 'Sổ trở lại như trước khi nhập. Có tệp đúng thì đưa vào lại.',
  'next.import.undone.others': 'Sổ trở lại như trước khi nhập.',
  'next.import.discarded': 'Chưa ghi gì vào sổ. Có tệp đúng thì đưa vào lại.',
  'next.import.discarded.others': 'Chưa ghi gì vào sổ.',

  'next.edition.draft':
    'Soạn đủ ý chính, căn cứ và bản thể hiện rồi gửi duyệt. Gửi rồi thì không sửa được, trừ khi bị trả lại.',
  'next.edition.draft.others': 'Người soạn chưa gửi duyệt.',
  'next.edition.draft.returned': 'Bị trả lại: {note}. Sửa rồi gửi duyệt lại.',
  'next.edition.draft.returned.others': 'Bị trả lại: {note}. Đang chờ người soạn sửa.',
  'next.edition.submitted': 'Đang chờ anh/chị: đọc hết rồi duyệt hoặc trả lại.',
  'next.edition.submitted.others': 'Đang chờ lãnh đạo duyệt.',
  'next.edition.submitted.own': 'Anh/chị đã soạn hoặc gửi duyệt nên người khác phải duyệt.',
  'next.edition.waiting': 'Còn {count} bản sửa chờ anh/chị duyệt.',
  'next.edition.waiting.others': 'Còn {count} bản sửa chờ người khác duyệt.',
  'next.edition.retired': 'Không được gửi hay đọc nữa. Muốn nói tiếp thì bắt đầu lần biên soạn mới.',
  'next.edition.retired.others': 'Không được gửi hay đọc nữa.',

  'next.dispatch.open': 'Tin tự đi, không phải làm gì.',
  'next.dispatch.open.held': 'Có {count} lượt chưa đi được. Xem vì sao ở dưới.',
  'next.dispatch.morning': '{count} lượt tự đi lúc 7 giờ sáng, không phải làm gì.',
  'next.dispatch.stopped': '{name} dừng lúc {at}, còn {count} lượt chưa gửi. Gửi tiếp, hoặc thôi không gửi nữa.',
  'next.dispatch.stopped.others':
    '{name} dừng lúc {at}, còn {count} lượt chưa gửi. Đợt này có cả địa bàn khác: nhờ người phụ trách cấp trên gửi tiếp.',
  'next.dispatch.done': 'Cả {all} lượt đã đến nơi.',
  'next.dispatch.done.waiting': 'Còn {count} lượt chờ máy báo đã nhận, không phải làm gì.',
  'next.dispatch.done.failed': '{count} lượt không đến. Xem vì sao và phải làm gì.',
  'next.dispatch.done.again': 'Phần không đến đã gửi lại ở đợt sau.',

  'next.delivery.created': 'Tin tự đi khi đến lượt.',
  'next.delivery.sending': 'Đang chuyển cho nhà mạng.',
  'next.delivery.accepted': 'Chờ máy của người nhận báo lại, không phải làm gì.',
  'next.delivery.failed': 'Xem lý do của từng lượt: gửi lại, gọi điện hoặc cử người đến.',
  'next.delivery.no-receipt': 'Nhà mạng đã nhận tin mà không báo lại: gọi điện hoặc cử người đến.',
  'next.delivery.uncertain': 'Không tự gửi lại để khỏi trùng. Hỏi người nhận, hoặc chọn gửi lại cả những lượt này.',
  'next.delivery.withheld': 'Đã giữ lại trước khi gửi. Xem lý do của từng lượt.',

  'next.reply.unread': 'Có {count} tin chưa đọc. Ai không muốn nhận tin nữa thì ghi vào “Số đã từ chối”.',

  'next.visit.open': 'Đến hộ chậm nhất ngày {day}, đọc cho hộ nghe, rồi ghi ngay ở dưới.',
  'next.visit.open.others': '{agent} sẽ đến hộ, hạn {day}.',
  'next.visit.open.late': 'Quá hạn từ ngày {day}. Đến hộ ngay rồi ghi ở dưới.',
  'next.visit.open.late.others': 'Quá hạn từ ngày {day}. Hỏi {agent}, hoặc giao cho người khác.',
  'next.visit.open.gone': 'Hộ này không còn trong sổ. Hãy hủy lượt này.',
  'next.visit.not-met': 'Hẹn giờ khác rồi giao đến lại.',
  'next.visit.refused': 'Đừng đến ép. Nhờ người có uy tín trong thôn nói chuyện.',
};

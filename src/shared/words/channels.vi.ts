export const channelsVi = {
  'error.channels.file': 'Tệp kênh gửi {path} còn {count} chỗ cần sửa. Hãy sửa rồi khởi động lại.',
  'error.channels.unreadable': 'Không đọc được tệp kênh gửi {path}. Hãy kiểm tra đường dẫn và quyền đọc.',
  'error.channels.layout':
    'Dòng {line}: viết chưa đúng dạng YAML. Hãy xem dấu cách đầu dòng, dấu hai chấm và dấu nháy.',
  'error.channels.alias': 'Dòng {line}: không dùng ký hiệu & và *. Hãy viết lại giá trị.',
  'error.channels.not-a-list':
    'Dòng {line}: chỗ này phải là danh sách “sms:”, mỗi nhà cung cấp một mục bắt đầu bằng “-”.',
  'error.channels.unknown-key': 'Dòng {line}: không có mục “{key}”. Các mục dùng được: {known}.',
  'error.channels.missing-key': 'Dòng {line}: thiếu mục “{key}”.',
  'error.channels.quotes': 'Dòng {line}: hãy đặt giá trị của “{key}” trong dấu nháy, ví dụ {key}: "0123".',
  'error.channels.value': 'Dòng {line}: giá trị của “{key}” chưa đúng.',
  'error.channels.at-least': 'Dòng {line}: “{key}” phải từ {bound} trở lên.',
  'error.channels.at-most': 'Dòng {line}: “{key}” chỉ được đến {bound}.',
  'error.channels.provider':
    'Dòng {line}: “{key}” là tên ngắn của nhà cung cấp, chữ thường không dấu, số và gạch nối, ví dụ viettel.',
  'error.channels.provider-twice':
    'Dòng {line}: nhà cung cấp “{provider}” đã có ở trên. Mỗi nhà cung cấp một tên riêng.',
  'error.channels.host': 'Dòng {line}: “{key}” là tên máy hoặc địa chỉ IP của nhà cung cấp, ví dụ smpp.nha-mang.vn.',
  'error.channels.port': 'Dòng {line}: “{key}” là số cổng từ 1 đến 65535, theo hợp đồng.',
  'error.channels.systemId': 'Dòng {line}: “{key}” là tên đăng nhập nhà cung cấp đã cấp, không dấu, tối đa 15 ký tự.',
  'error.channels.sender':
    'Dòng {line}: “{key}” là tên thương hiệu đã đăng ký (không dấu, tối đa 11 ký tự), số viết từ mã nước (+84…) hoặc đầu số ngắn.',
  'error.channels.bind': 'Dòng {line}: “{key}” là transceiver hoặc pair.',
  'error.channels.receiptIds': 'Dòng {line}: “{key}” là same hoặc hex-of-decimal.',
  'error.channels.passwordEnv': 'Dòng {line}: “{key}” là tên biến môi trường: chữ không dấu, số và gạch dưới.',
  'error.channels.password-in-file':
    'Dòng {line}: không ghi mật khẩu trong tệp này. Hãy để trong biến môi trường (passwordEnv) hoặc tệp riêng (passwordFile), rồi xóa dòng này.',
  'error.channels.password-place':
    'Dòng {line}: “{provider}” cần một trong hai mục passwordEnv (tên biến môi trường) hoặc passwordFile (tệp chứa mật khẩu).',
  'error.channels.password-letters':
    'Dòng {line}: mật khẩu của “{provider}” có ký tự không dùng được, hoặc dài quá 64 ký tự. Hãy xem lại nơi giữ mật khẩu.',
  'error.channels.no-env': 'Dòng {line}: biến môi trường {name} chưa có hoặc còn trống. Hãy đặt mật khẩu vào đó.',
  'error.channels.no-file': 'Dòng {line}: không đọc được mật khẩu trong tệp {path}, hoặc tệp trống.',
  'error.channels.kind': 'Dòng {line}: “{key}” là smpp hoặc http (tin nhắn), smtp (thư điện tử).',
  'error.channels.one-of': 'Dòng {line}: “{key}” chỉ được là: {allowed}.',
  'error.channels.url': 'Dòng {line}: “{key}” là địa chỉ nhà cung cấp đã cho, bắt đầu bằng https://.',
  'error.channels.https': 'Dòng {line}: “{key}” phải bắt đầu bằng https://, vì tin nhắn và mật khẩu đi qua mạng.',
  'error.channels.simulator-here':
    'Dòng {line}: bộ mô phỏng phải chạy trên chính máy này (127.0.0.1). Hãy sửa “{key}”, hoặc bỏ simulator.',
  'error.channels.place': 'Dòng {line}: “{key}” có chỗ điền “{place}”, không dùng được ở đây. Chỉ dùng: {known}.',
  'error.channels.no-place':
    'Dòng {line}: “{provider}” chưa có đủ chỗ điền số nhận (to) và nội dung (text). Hãy ghi vào body hoặc query, trong dấu ngoặc nhọn.',
  'error.channels.header':
    'Dòng {line}: “{key}” không phải tên hoặc giá trị dùng được cho header. Hãy xem lại nơi giữ giá trị này.',
  'error.channels.body': 'Dòng {line}: “{key}” chỉ chọn một: json hoặc form.',
  'error.channels.body-of-get': 'Dòng {line}: method GET không có “{key}”. Hãy ghi các mục vào query.',
  'error.channels.refusal-of-what': 'Dòng {line}: mỗi mục của refusals cần status hoặc path.',
  'error.channels.secret-short':
    'Dòng {line}: mật khẩu chung này phải từ 16 ký tự trở lên, để không ai đoán được. Hãy đặt lại với nhà cung cấp.',
  'error.channels.proof-of-query': 'Dòng {line}: với read: query, “{key}” phải là header hoặc query.',
  'error.channels.from': 'Dòng {line}: “{key}” là địa chỉ thư của người gửi, ví dụ xa@xa-mau.gov.vn.',
  'error.channels.replyTo': 'Dòng {line}: “{key}” là địa chỉ thư nhận trả lời, ví dụ vanphong@xa-mau.gov.vn.',
  'error.channels.bounceDomain': 'Dòng {line}: “{key}” là tên miền nhận thư bị trả lại, ví dụ thu.xa-mau.gov.vn.',
  'error.channels.tls':
    'Dòng {line}: “{key}” chỉ được là none khi máy chủ thư ở chính máy này. Hãy dùng starttls hoặc implicit.',
  'error.channels.user': 'Dòng {line}: “{provider}” có mật khẩu nhưng thiếu user. Hãy ghi user, hoặc bỏ mật khẩu.',
  'error.channels.simulator': 'Không mở được mạng di động mô phỏng. Hãy xem nhật ký chương trình rồi khởi động lại.',
};

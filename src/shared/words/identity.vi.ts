/** What may go wrong at the door: accounts, passwords, roles, and the forms of the pages. */
export const identityVi = {
  'error.wrong-credentials': 'Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra rồi nhập lại.',
  'error.too-many-attempts':
    'Đã nhập sai quá nhiều lần. Hãy chờ {minutes} phút rồi thử lại, hoặc xin người quản trị một đường dẫn đăng nhập.',
  'error.account-disabled': 'Tài khoản này đã bị khóa. Hãy liên hệ người quản trị.',
  'error.link-used': 'Đường dẫn này đã được dùng. Mỗi đường dẫn chỉ dùng được một lần.',
  'error.link-expired': 'Đường dẫn này đã hết hạn hoặc không đúng. Mỗi đường dẫn chỉ có hiệu lực trong 15 phút.',
  'error.password-too-short': 'Mật khẩu phải có ít nhất 10 ký tự.',
  'error.password-too-long': 'Mật khẩu dài nhất là 128 ký tự.',
  'error.passwords-differ': 'Hai lần nhập mật khẩu mới không giống nhau. Hãy nhập lại.',
  'error.old-password-wrong': 'Mật khẩu hiện tại không đúng.',
  'error.username-form':
    'Tên đăng nhập gồm 3 đến 40 ký tự: chữ không dấu, chữ số, dấu chấm, gạch ngang hoặc gạch dưới, bắt đầu bằng chữ hoặc số.',
  'error.username-taken': 'Tên đăng nhập {username} đã có người dùng. Hãy chọn tên khác.',
  'error.name-missing': 'Chưa nhập họ và tên.',
  'error.name-too-long': 'Họ và tên dài nhất là 120 ký tự.',
  'error.user': 'Không có người dùng này.',
  'error.role-grant': 'Không có vai trò được giao này.',
  'error.role-held': 'Người này đang giữ đúng vai trò đó ở địa bàn đó rồi.',
  'error.role-ended': 'Vai trò này đã kết thúc trước đó.',
  'error.own-account':
    'Không ai tự thay đổi vai trò hay tự khóa tài khoản của chính mình. Hãy nhờ một người quản trị khác.',
  'error.page': 'Không có trang này. Có thể địa chỉ bị gõ sai hoặc trang đã được chuyển đi.',
  'error.foreign-origin':
    'Yêu cầu này không được gửi từ trang của Lan Tỏa nên đã bị từ chối. Hãy mở lại trang và làm lại.',
  'error.form-expired':
    'Trang này đã mở quá lâu hoặc được mở từ lần đăng nhập trước, nên chưa có gì được lưu. Hãy kiểm tra rồi bấm gửi lại.',
  'error.form-too-large': 'Nội dung gửi lên quá lớn. Hãy chia nhỏ rồi gửi lại.',
  'error.form-unreadable': 'Không đọc được nội dung gửi lên. Hãy mở lại trang và làm lại.',
  'error.language': 'Không có ngôn ngữ này.',
} as const;

export const backupVi = {
  'error.backup.nothing': 'Chưa có gì để sao lưu: cơ sở dữ liệu này chưa có bảng nào của Lan Tỏa.',
  'error.backup.changing': 'Dữ liệu đang được nâng cấp trong lúc sao lưu. Hãy chờ một lát rồi sao lưu lại.',
  'error.restore.no-file': 'Không tìm thấy tệp {path}.',
  'error.restore.not-a-backup': 'Tệp này không phải bản sao lưu của Lan Tỏa. Không có gì bị thay đổi.',
  'error.restore.damaged':
    'Bản sao lưu bị hỏng hoặc bị thiếu ({what}). Không có gì bị thay đổi. Hãy dùng một bản sao lưu khác.',
  'error.restore.newer':
    'Bản sao lưu này do một phiên bản Lan Tỏa mới hơn tạo ra ({what}). Không có gì bị thay đổi. Hãy cài phiên bản mới rồi khôi phục lại.',
  'error.restore.version':
    'Các bảng trong bản sao lưu không khớp với phiên bản Lan Tỏa này ({what}). Không có gì bị thay đổi. Hãy khôi phục bằng đúng phiên bản đã tạo bản sao lưu.',
  'error.restore.not-empty':
    'Nơi khôi phục đã có dữ liệu ({what}). Không có gì bị thay đổi. Hãy khôi phục vào một thư mục dữ liệu mới hoặc một cơ sở dữ liệu trống.',
  'error.restore.busy':
    'Lan Tỏa đang chạy trên cơ sở dữ liệu này. Không có gì bị thay đổi. Hãy dừng chương trình rồi khôi phục lại.',
} as const;

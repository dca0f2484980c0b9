/** The map of a commune's villages, from the file of the commune itself. */
export const mapsVi: Readonly<Record<string, string>> = {
  'audit.territory.read-shapes-file': 'Đọc tệp ranh giới thôn',
  'audit.territory.load-shapes': 'Nạp bản đồ các thôn',
  'audit.territory.drop-shapes': 'Gỡ bản đồ các thôn',

  'error.map.no-file': 'Hãy chọn tệp ranh giới thôn.',
  'error.map.not-utf8': 'Tệp không ghi bằng bảng mã UTF-8. Hãy xuất lại tệp GeoJSON theo UTF-8 rồi gửi lại.',
  'error.map.not-json':
    'Máy không đọc được tệp này. Cần tệp GeoJSON (.geojson hoặc .json) còn nguyên vẹn; shapefile, KML, AutoCAD thì xuất sang GeoJSON rồi gửi lại.',
  'error.map.not-geojson':
    'Tệp không phải GeoJSON kiểu “FeatureCollection” hoặc “Feature”. Hãy xuất lại từ phần mềm bản đồ sang GeoJSON.',
  'error.map.empty': 'Tệp không có hình nào. Hãy xuất lại lớp ranh giới thôn rồi gửi lại.',
  'error.map.too-many': 'Tệp có hơn {most} hình. Hãy chỉ xuất các thôn của xã mình.',
  'error.map.too-fine':
    'Tệp có hơn {most} điểm tọa độ. Hãy đơn giản hóa đường ranh giới, hoặc chỉ xuất các thôn của xã.',
  'error.map.too-deep': 'Tệp có cấu trúc lồng nhau quá sâu, không phải GeoJSON thông thường. Hãy xuất lại.',
  'error.map.crs':
    'Tệp ghi hệ tọa độ {crs}, máy không vẽ được. Hãy xuất lại theo WGS84 / EPSG:4326 (kinh độ, vĩ độ) rồi gửi lại.',
  'error.map.metres':
    'Hình thứ {number} có tọa độ {x}; {y}: tệp này tính bằng mét (VN-2000 hoặc UTM). Hãy xuất lại theo WGS84 / EPSG:4326 (kinh độ, vĩ độ) rồi gửi lại.',
  'error.map.swapped':
    'Hình thứ {number} có tọa độ {x}; {y}: vĩ độ đứng trước kinh độ. Hãy xuất lại theo đúng GeoJSON: kinh độ trước, vĩ độ sau.',
  'error.map.elsewhere':
    'Hình thứ {number} có tọa độ {x}; {y}, nằm ngoài Việt Nam. Hãy xem lại tệp, hoặc xuất lại theo WGS84 / EPSG:4326.',
  'error.map.future': 'Ngày này chưa đến. Hãy ghi ngày hôm nay hoặc trước đó, hoặc để trống.',
  'error.map.no-villages': 'Xã này chưa có thôn nào trong sổ. Hãy đưa danh sách thôn vào trước.',
  'error.map.nobody': 'Không có hình nào khớp với thôn của xã, nên chưa ghi gì.',
  'error.map.too-heavy': 'Bản đồ này quá lớn để nạp một lần. Hãy chia tệp theo thôn thành vài tệp rồi nạp từng tệp.',
  'error.map.none': 'Xã này không có bản đồ nào để gỡ.',
  'error.map.feature.no-geometry': 'Không có hình (geometry để trống).',
  'error.map.feature.kind': 'Là đường hoặc kiểu hình khác. Cần vùng (Polygon, MultiPolygon) hoặc điểm (Point).',
  'error.map.feature.coordinates': 'Tọa độ không thành một vùng. Hãy vẽ lại hình này.',

  'page.map.title': 'Bản đồ các thôn',
  'page.map.lead':
    'Không cơ quan nào công bố ranh giới thôn, nên xã dùng tệp của mình. Nạp xong, trang “Độ bao phủ” vẽ bản đồ thay cho ô vuông.',
  'page.map.place': 'Xã',
  'page.map.show': 'Xem',
  'page.map.no-places': 'Địa bàn của anh/chị không có xã nào để nạp bản đồ.',
  'page.map.no-villages': 'Xã này chưa có thôn nào trong sổ. Hãy đưa danh sách thôn vào trước, rồi nạp bản đồ.',
  'page.map.now': 'Bản đồ đang dùng',
  'page.map.now-of': '{drawn} thôn có hình trong số {villages} thôn.',
  'page.map.now-source': 'Tệp {source}, nạp lúc {at}.',
  'page.map.now-none': 'Chưa nạp bản đồ nào; các thôn đang vẽ bằng ô vuông.',
  'page.map.picture': 'Bản đồ các thôn của {place}',
  'page.map.without': 'Thôn chưa có hình: {names}.',
  'page.map.load': 'Nạp tệp ranh giới thôn',
  'page.map.load-other': 'Nạp tệp khác',
  'page.map.file': 'Tệp GeoJSON',
  'page.map.file-hint':
    '.geojson hoặc .json, không quá 10 MB, tọa độ WGS84 / EPSG:4326. Mỗi thôn một hình (vùng hoặc điểm), có tên thôn.',
  'page.map.from': 'Ranh giới như tệp có từ ngày',
  'page.map.from-hint':
    'Chỉ ghi khi ranh giới thôn mới đổi, ví dụ 01/07/2025. Để trống: thay cả hình của những ngày trước.',
  'page.map.check': 'Kiểm tra tệp',
  'page.map.report': 'Kết quả kiểm tra, chưa ghi gì',
  'page.map.counts':
    'Tệp có {features} hình; {villages} thôn tìm thấy: {added} thôn mới có hình, {changed} thôn đổi hình, {same} thôn như cũ.',
  'page.map.found': 'Thôn tìm thấy trong tệp',
  'page.map.village': 'Thôn',
  'page.map.features': 'Hình thứ',
  'page.map.kind': 'Vẽ bằng',
  'page.map.kind.outline': 'ranh giới',
  'page.map.kind.point': 'một điểm',
  'page.map.change': 'So với bản đồ đang dùng',
  'page.map.change.added': 'mới có hình',
  'page.map.change.changed': 'đổi hình',
  'page.map.change.same': 'như cũ',
  'page.map.left': 'Hình không dùng được, và vì sao',
  'page.map.text': 'Tên trong tệp',
  'page.map.why': 'Vì sao',
  'page.map.why.none': 'Xã không có thôn nào tên như vậy.',
  'page.map.why.near': 'Xã không có thôn nào tên như vậy. Gần giống: {names}.',
  'page.map.why.several': 'Tên này khớp nhiều thôn, máy không đoán. Ghi rõ tên trong tệp.',
  'page.map.why.no-name': 'Không có tên thôn.',
  'page.map.why.elsewhere': 'Của xã khác.',
  'page.map.why.second-point': 'Điểm thừa: thôn này đã có hình.',
  'page.map.missing': 'Thôn không có hình ({count}): {names}. Những thôn này vẫn vẽ bằng ô vuông.',
  'page.map.nothing':
    'Không có hình nào khớp với thôn của xã. Hãy xem cột tên thôn trong tệp, sửa cho khớp với sổ rồi gửi lại.',
  'page.map.right': 'Bấm “Dùng bản đồ này” để ghi. Thôn đã có hình mà tệp không vẽ thì giữ hình cũ.',
  'page.map.commit': 'Dùng bản đồ này',
  'page.map.done': 'Đã nạp bản đồ: {count} thôn có hình từ tệp.',
  'page.map.to-coverage': 'Xem độ bao phủ trên bản đồ',
  'page.map.drop': 'Gỡ bản đồ',
  'page.map.drop-title': 'Gỡ bản đồ của {place}?',
  'page.map.drop-lead':
    'Từ hôm nay, {count} thôn vẽ bằng ô vuông như trước. Độ bao phủ của những ngày trước vẫn vẽ theo bản đồ cũ. Có thể nạp lại bất cứ lúc nào.',
  'page.map.dropped': 'Đã gỡ bản đồ.',
  'page.map.invite': 'Có tệp ranh giới thôn? Nạp bản đồ của xã',
  'page.map.change-link': 'Đổi hoặc gỡ bản đồ của xã',
  'page.map.no-places-next': 'Nhờ người quản trị giao địa bàn có xã.',

  'page.coverage.map': 'Các thôn trên bản đồ',
  'page.coverage.map-about':
    'Ranh giới theo tệp của xã. Giữa mỗi thôn là một ô: ô càng lớn thì càng nhiều hộ thuộc diện. Bấm vào thôn, hoặc vào tên ở dưới, để xem danh sách.',
  'ui.map.names': 'Tên các thôn trên bản đồ',
  'ui.map.without': 'Các thôn dưới đây chưa có trên bản đồ:',

  'cli.help.place.shapes': 'Nạp bản đồ các thôn của một xã từ tệp GeoJSON (WGS84).',
  'cli.option.shapes-commune': 'Xã có các thôn trong tệp: tên, mã hoặc mã 5 chữ số',
  'cli.option.shapes-from': 'Ranh giới như tệp có từ ngày này (mặc định: từ khi có thôn)',
  'cli.column.feature': 'Hình thứ',
  'cli.shapes.counts':
    '{features} hình trong tệp; {villages} thôn tìm thấy: {added} mới có hình, {changed} đổi hình, {same} như cũ.',
  'cli.shapes.missing': 'Thôn chưa có hình: {names}',
  'cli.shapes.done': 'Đã nạp bản đồ.',
  'cli.shapes.nothing': 'Không có hình nào khớp với thôn của xã, nên chưa ghi gì.',
  'cli.shapes.dry-run': 'Chỉ kiểm tra, chưa ghi gì. Bỏ --dry-run để ghi.',
};

import { describe, expect, it } from 'vitest';
import { foldHeading, meaningOf } from './headings.ts';
import { csv, csvOf, fieldsRead, readBack, xlsx } from './test-files.ts';

const of = (heading: string, group = '', role: 'households' | 'members' = 'households') =>
  meaningOf(role, foldHeading(group), foldHeading(heading))?.field;

const HEADINGS: Readonly<Record<string, readonly string[]>> = {
  code: ['Mã hộ', 'MÃ SỐ HỘ', 'Ma ho', 'Mã hộ gia đình', 'Mã HGĐ', 'Số hồ sơ', 'Mã số', 'Mã định danh hộ', 'Mã hộ nghèo'],
  headName: [
    'Họ và tên chủ hộ', 'HỌ TÊN CHỦ HỘ', 'Họ, tên chủ hộ', 'Ho ten chu ho', 'Chủ hộ', 'Tên chủ hộ', 'Họ & tên', 'Họ và tên',
    'Họ\nvà tên\nchủ hộ', 'Họ tên CH', 'Họ và tên chủ hộ (viết chữ in hoa có dấu)', '(2) Họ tên chủ hộ', 'H.tên chủ hộ',
  ],
  birth: ['Ngày sinh', 'Năm sinh', 'NGÀY, THÁNG, NĂM SINH', 'Ngay thang nam sinh', 'Ngày tháng năm sinh của chủ hộ', 'Sinh năm', 'Sinh ngày', 'NS', 'Năm sinh (ghi 4 số)', 'Ngày, tháng,\nnăm sinh'],
  sex: ['Giới tính', 'GIỚI', 'Gioi tinh', 'Nam/Nữ', 'Phái', 'GT', 'Giới tính (Nam/Nữ)', 'G.tính', 'Giới tính chủ hộ'],
  idNumber: ['Số CCCD', 'CCCD/CMND', 'Số định danh cá nhân', 'So can cuoc', 'CMTND', 'Mã định danh', 'Số CCCD của chủ hộ', 'Căn cước công dân'],
  ethnicity: ['Dân tộc', 'DÂN TỘC', 'Thành phần dân tộc', 'Dan toc', 'Dân tộc (Kinh, Mông, Thái…)', 'D.tộc', 'Dân tộc chủ hộ'],
  village: ['Thôn', 'Bản', 'Thôn/bản', 'THÔN, BẢN, TDP', 'Thon ban', 'Tên thôn (bản)', 'Xóm', 'Tổ dân phố', 'Khu phố', 'Thôn/Bản/Tổ dân phố', 'Địa chỉ (thôn, bản)', 'Khu dân cư', 'Địa bàn', 'Địa chỉ', 'Nơi ở hiện nay', 'Chỗ ở'],
  commune: ['Xã', 'Tên xã', 'Xã/phường', 'Xã, thị trấn', 'XÃ/PHƯỜNG/ĐẶC KHU'],
  size: ['Số nhân khẩu', 'Nhân khẩu', 'Số khẩu', 'SỐ NGƯỜI TRONG HỘ', 'Số NK', 'Khẩu', 'Tổng số nhân khẩu', 'Số thành viên', 'So khau', 'Số khẩu trong hộ'],
  class: ['Phân loại hộ', 'Phân loại', 'Kết quả rà soát', 'Kết quả bình xét', 'Diện hộ', 'Loại hộ', 'Xếp loại', 'Hộ nghèo/Hộ cận nghèo/Hộ mới thoát nghèo', 'Đối tượng (nghèo, cận nghèo)', 'Thuộc diện hộ nghèo', 'KET QUA'],
  classPoor: ['Hộ nghèo', 'NGHÈO', 'Ho ngheo', 'HN'],
  classNearPoor: ['Hộ cận nghèo', 'Cận nghèo', 'Ho can ngheo', 'HCN', 'CN'],
  classNewlyEscaped: ['Hộ mới thoát nghèo', 'Thoát nghèo', 'Mới thoát', 'Moi thoat ngheo'],
  originRelapsed: ['Tái nghèo', 'Hộ tái nghèo'],
  originNewlyArising: ['Phát sinh', 'Phát sinh mới', 'Hộ nghèo phát sinh', 'Nghèo phát sinh mới'],
  b1: ['Điểm B1', 'B1', 'Tổng điểm B1', 'DIEM B1'],
  b2: ['Điểm B2', 'B2'],
  d1: ['Thiếu hụt: Việc làm', 'THIẾU HỤT VIỆC LÀM', 'Việc làm', 'Chỉ số 1', 'CS1: Việc làm', 'Thiếu hụt 1'],
  d4: ['Thiếu hụt: BHYT', 'Thiếu hụt về bảo hiểm y tế', 'Chỉ số 4'],
  d8: ['Thiếu hụt diện tích nhà ở', 'Diện tích nhà ở bình quân', 'CS 8'],
  d11: ['Thiếu hụt dịch vụ viễn thông', 'Thiếu hụt: Sử dụng dịch vụ viễn thông'],
  d12: ['Thiếu hụt: Phương tiện phục vụ tiếp cận thông tin', 'CS12'],
  causes: ['Nguyên nhân nghèo', 'NGUYÊN NHÂN', 'Nguyen nhan ngheo chinh'],
  needs: ['Nhu cầu hỗ trợ', 'Nguyện vọng', 'Đề nghị hỗ trợ'],
  groups: ['Đối tượng', 'Đối tượng chính sách', 'Thuộc diện chính sách'],
  decisionNumber: ['Số QĐ công nhận', 'Số quyết định', 'QĐ công nhận số', 'Số, ngày quyết định'],
  decisionDate: ['Ngày QĐ', 'Ngày quyết định', 'Ngày công nhận', 'Ngày ban hành QĐ'],
  certificateNumber: ['Số giấy chứng nhận', 'Số GCN', 'Giấy chứng nhận số'],
  phones: ['Số điện thoại', 'SĐT', 'ĐT', 'Điện thoại', 'So dien thoai', 'Số ĐT liên hệ', 'Điện thoại liên hệ', 'SDT', 'Số điện thoại chủ hộ', 'Số ĐT'],
  languages: ['Tiếng nghe hiểu được', 'Ngôn ngữ'],
  languagesRead: ['Chữ đọc được', 'Biết chữ', 'Biết đọc chữ'],
  devices: ['Phương tiện nghe nhìn', 'Thiết bị thông tin', 'Phương tiện thông tin có trong nhà'],
  livelihood: ['Sinh kế chính', 'Nghề nghiệp', 'Nghề chính'],
  notes: ['Ghi chú', 'GHI CHÚ', 'Ghi chu'],
}; // biome-ignore format: a table of words

describe('headings', () => {
  it.each(Object.entries(HEADINGS))('of %s', (field, headings) => {
    for (const heading of headings) {
      expect(of(heading), heading).toBe(field);
      expect(of(heading.normalize('NFD')), `${heading} (NFD)`).toBe(field);
      expect(of(heading.toUpperCase()), heading.toUpperCase()).toBe(field);
      expect(of(`\u200B${heading.replaceAll(' ', '\u00A0')} `), `${heading} (NBSP)`).toBe(field);
    }
  });

  it('that look like others are left out or mean what they say', () => {
    const none = [
      'STT',
      'Ngày cấp CCCD',
      'Nơi cấp',
      'Dân tộc thiểu số',
      'Họ tên vợ/chồng',
      'Năm sinh của vợ',
      'Số hộ khẩu',
      'Tên trưởng thôn',
      'Số thẻ BHYT',
      'DT',
      'Chủ hộ là nữ',
      'Nơi sinh',
      'Có điện thoại thông minh',
      'Số chỉ số thiếu hụt',
      'Xã: Phình Hồ',
      'Thôn Tấu Trên',
      'Số khẩu nữ',
    ];
    for (const heading of none) expect(of(heading) ?? null, heading).toBeNull();
    expect(of('Quan hệ với chủ hộ', '', 'members')).toBe('relation');
    expect(of('Họ tên chủ hộ', '', 'members')).toBeNull();
    expect(of('Họ và tên thành viên', '', 'members')).toBe('name');
    expect(of('Số thẻ BHYT', '', 'members')).toBe('insured');
  });

  it('under a heading of their own', () => {
    const group = 'Chỉ số thiếu hụt dịch vụ xã hội cơ bản';
    const leaves = [
      'Việc làm',
      'Người phụ thuộc',
      'Dinh dưỡng',
      'BHYT',
      'Người lớn',
      'Trẻ em',
      'Chất lượng',
      'Diện tích',
      'Nguồn nước SH',
      'Hố xí/nhà tiêu',
      'DVVT',
      'Phương tiện',
    ];
    leaves.forEach((leaf, at) => {
      for (const typed of [
        leaf,
        `${at + 1}. ${leaf}`,
        `(${at + 1}) ${leaf}`,
        `Thiếu hụt ${leaf}`,
        `${at + 1}`,
        `(${at + 1})`,
        `CS${at + 1}`,
        `Chỉ số ${at + 1}`,
      ])
        expect(of(typed, group), typed).toBe(`d${at + 1}`);
    });
    expect(of('Tiếp cận dịch vụ y tế', group)).toBeNull();
    expect(of('13', group)).toBeNull();
    expect([
      of('Nam', 'Năm sinh'),
      of('Nữ', 'Ngày, tháng, năm sinh'),
      of('Nam', 'Giới tính'),
      of('Nữ', 'GIỚI TÍNH'),
    ]).toEqual(['birthMale', 'birthFemale', 'sexMale', 'sexFemale']);
    expect([
      of('Số', 'Quyết định công nhận'),
      of('Ngày', 'Quyết định công nhận'),
      of('Số', 'CCCD'),
      of('Ngày cấp', 'CCCD'),
    ]).toEqual(['decisionNumber', 'decisionDate', 'idNumber', null]);
    expect([
      of('Thôn', 'Địa chỉ'),
      of('Xã', 'Địa chỉ'),
      of('Họ và tên', 'Chủ hộ'),
      of('Hộ cận nghèo', 'Phân loại hộ'),
    ]).toEqual(['village', 'commune', 'headName', 'classNearPoor']);
  });
});

const NAMES = ['STT', 'Mã hộ', 'Họ và tên chủ hộ', 'Năm sinh', 'Thôn', 'Phân loại hộ'];
const ROW = [1, 'H-12', 'Giàng A Mua', 1975, 'Tấu Trên', 'Hộ nghèo'];

describe('the block of the header', () => {
  it('is one line under titles, letterhead and a line of places', async () => {
    const read = await readBack(
      await xlsx({
        rows: [
          ['ỦY BAN NHÂN DÂN', null, null, 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'],
          ['XÃ PHÌNH HỒ', null, null, 'Độc lập - Tự do - Hạnh phúc'],
          ['DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2025'],
          ['(Kèm theo Quyết định số 12/QĐ-UBND ngày 05 tháng 01 năm 2026 của UBND xã)'],
          ['Tỉnh: Lào Cai', null, 'Xã: Phình Hồ', null, 'Chuẩn nghèo: 2022-2025'],
          NAMES,
          ROW,
        ],
        merges: ['A1:C1', 'D1:F1', 'A2:C2', 'D2:F2', 'A3:F3', 'A4:F4', 'A5:B5', 'C5:D5', 'E5:F5'],
      }),
    );
    expect(read.shape.sheets[0]).toMatchObject({
      role: 'households',
      headerFrom: 6,
      headerTo: 6,
      year: 2025,
      title: 'DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2025',
    });
    expect(read.shape.sheets[0]!.columns.map(({ heading }) => heading)).toEqual(NAMES);
    expect(read.households).toMatchObject([
      { row: 7, code: 'H-12', headName: 'Giàng A Mua', village: 'Tấu Trên', class: 'poor' },
    ]);
    expect(read.errors).toEqual([]);
  });

  it('is three lines, merged', async () => {
    const leaves = Array.from({ length: 12 }, (_, at) => `(${at + 1})`);
    const dims = [
      'Việc làm',
      'Việc làm',
      'Y tế',
      'Y tế',
      'Giáo dục',
      'Giáo dục',
      'Nhà ở',
      'Nhà ở',
      'Nước',
      'Nước',
      'Thông tin',
      'Thông tin',
    ];
    const read = await readBack(
      await xlsx({
        rows: [
          ['TT', 'Họ tên chủ hộ', 'Năm sinh', null, 'Thôn', 'Phân loại', 'Chỉ số thiếu hụt'],
          [null, null, 'Nam', 'Nữ', null, null, ...dims.map((dim, at) => (at % 2 ? null : dim))],
          [null, null, null, null, null, null, ...leaves],
          [
            1,
            'Sùng Thị Dủ',
            null,
            1980,
            'Tà Chử',
            'Cận nghèo',
            'x',
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            'X',
          ],
        ],
        merges: [
          'A1:A3',
          'B1:B3',
          'C1:D1',
          'C2:C3',
          'D2:D3',
          'E1:E3',
          'F1:F3',
          'G1:R1',
          'G2:H2',
          'I2:J2',
          'K2:L2',
          'M2:N2',
          'O2:P2',
          'Q2:R2',
        ],
      }),
    );
    expect(read.shape.sheets[0]).toMatchObject({ headerFrom: 1, headerTo: 3 });
    expect(fieldsRead(read)).toEqual([
      null,
      'headName',
      'birthMale',
      'birthFemale',
      'village',
      'class',
      'd1',
      'd2',
      'd3',
      'd4',
      'd5',
      'd6',
      'd7',
      'd8',
      'd9',
      'd10',
      'd11',
      'd12',
    ]);
    expect(read.households[0]).toMatchObject({
      headSex: 'female',
      headBirth: { date: '1980-01-01', precision: 'year' },
      indicators: [true, ...Array(10).fill(false), true],
    });
    expect(read.errors).toEqual([]);
  });

  it('is two lines in a CSV, where merged headings stand in their first column only', async () => {
    const rows = [
      ['DANH SÁCH HỘ NGHÈO, CẬN NGHÈO', ...Array(19).fill('')],
      [
        'STT',
        'Mã hộ',
        'Chủ hộ',
        'Giới tính',
        '',
        'Thôn',
        'Phân loại hộ',
        '',
        '',
        'Chỉ số thiếu hụt',
        ...Array(11).fill(''),
      ],
      [
        '',
        '',
        '',
        'Nam',
        'Nữ',
        '',
        'Nghèo',
        'Cận nghèo',
        'Mới thoát nghèo',
        ...Array.from({ length: 12 }, (_, at) => at + 1),
      ],
      [1, '01', 'Thào A Tủa', 'x', '', 'Bản Mù', '', 'x', '', ...Array(12).fill(''), 'một ô không có tiêu đề'],
    ];
    const read = await readBack(csv(csvOf(rows)));
    expect(read.shape.sheets[0]).toMatchObject({ headerFrom: 2, headerTo: 3 });
    expect(fieldsRead(read)).toEqual([
      null,
      'code',
      'headName',
      'sexMale',
      'sexFemale',
      'village',
      'classPoor',
      'classNearPoor',
      'classNewlyEscaped',
      'd1',
      'd2',
      'd3',
      'd4',
      'd5',
      'd6',
      'd7',
      'd8',
      'd9',
      'd10',
      'd11',
      'd12',
      null,
    ]);
    expect(read.shape.sheets[0]!.columns.at(-1)).toMatchObject({
      heading: '',
      letter: 'V',
      samples: ['một ô không có tiêu đề'],
    });
    expect(read.households).toMatchObject([{ code: '01', headSex: 'male', class: 'near_poor' }]);
  });

  it('numbers its columns, with or without the first', async () => {
    const head = ['STT', 'Mã hộ', 'Chủ hộ', 'Thôn', 'Phân loại'];
    for (const numbers of [
      [1, 2, 3, 4, 5],
      [null, 1, 2, 3, 4],
      ['A', 'B', 'C', 1, 2],
      ['(1)', '(2)', '(3)', '(4)', '(5)=(3)+(4)'],
    ]) {
      const read = await readBack(await xlsx({ rows: [head, numbers, [1, '01', 'A Mua', 'Tà Chử', 'N']] }));
      expect([read.leftOut, read.errors, read.households.length]).toEqual([['2 numbers'], [], 1]);
    }
  });

  it('never swallows the first household, however it reads', async () => {
    const rows = [
      ['Họ tên chủ hộ', 'Thôn', 'Dân tộc', 'Đánh giá', 'Phân loại'],
      ['Lò Thị Bản', 'Chủ hộ', 'Thái', 'Hộ nghèo', 'Hộ nghèo'],
      ['Lò Văn Xã', 'Pá Hu', 'Thái', 'Hộ nghèo', 'Nghèo'],
    ];
    for (const path of [await xlsx({ rows }), csv(csvOf(rows))]) {
      const read = await readBack(path);
      expect(read.shape.sheets[0]!.headerTo).toBe(1);
      expect(read.households.map(({ headName }) => headName)).toEqual(['Lò Thị Bản', 'Lò Văn Xã']);
    }
  });

  it('takes the plain column before the vague one, and birth in three columns', async () => {
    const read = await readBack(
      await xlsx({
        rows: [
          ['Địa chỉ', 'Thôn', 'Họ và tên chủ hộ', 'Ngày tháng năm sinh', null, null, 'Diện hộ'],
          [null, null, null, 'Ngày', 'Tháng', 'Năm', null],
          ['Phình Hồ', 'Tà Chử', 'Vàng A Sử', 5, 3, 1962, 'HN'],
          ['Phình Hồ', 'Tà Chử', 'Vàng A Lử', null, null, 1963, 'CN'],
        ],
        merges: ['A1:A2', 'B1:B2', 'C1:C2', 'D1:F1', 'G1:G2'],
      }),
    );
    expect(fieldsRead(read)).toEqual([null, 'village', 'headName', 'birthDay', 'birthMonth', 'birthYear', 'class']);
    expect(read.households.map(({ village, headBirth, headSex }) => [village, headBirth, headSex])).toEqual([
      ['Tà Chử', { date: '1962-03-05', precision: 'day' }, null],
      ['Tà Chử', { date: '1963-01-01', precision: 'year' }, null],
    ]);
  });
});

import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly data: Buffer;
}

const UTF8_NAMES = 0x0800;
const DEFLATED = 8;
// 1 January 1980, the first day a ZIP file can name: the same content gives the same bytes whenever it is written.
const FIRST_DAY = 0x0021;

const fields = (entry: ZipEntry, packed: Buffer): Buffer => {
  const block = Buffer.alloc(26);
  block.writeUInt16LE(20, 0);
  block.writeUInt16LE(UTF8_NAMES, 2);
  block.writeUInt16LE(DEFLATED, 4);
  block.writeUInt16LE(FIRST_DAY, 8);
  block.writeUInt32LE(crc32(entry.data), 10);
  block.writeUInt32LE(packed.length, 14);
  block.writeUInt32LE(entry.data.length, 18);
  block.writeUInt16LE(Buffer.byteLength(entry.name), 22);
  return block;
};

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

/** A ZIP archive (APPNOTE 6.3.3, no ZIP64) of a few entries, in memory. */
export const zip = (entries: readonly ZipEntry[]): Buffer => {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const packed = deflateRawSync(entry.data, { level: 5 });
    const name = Buffer.from(entry.name);
    const block = fields(entry, packed);
    parts.push(u32(0x04034b50), block, name, packed);
    // Central entry: version made by, the same fields, then comment, disk, attributes (14 bytes), the offset.
    const attributes = Buffer.alloc(10);
    directory.push(u32(0x02014b50), Buffer.from([20, 0]), block, attributes, u32(offset), name);
    offset += 4 + block.length + name.length + packed.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, central, u32(0x06054b50), end]);
};

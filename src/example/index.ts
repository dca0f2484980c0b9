export type { MissingAnswer } from './list-files.ts';
export type { Locality } from './model.ts';
export { type Truth, truth } from './truth.ts';
export { exampleVillagesCsv } from './villages-csv.ts';
export { type ProvinceList, writeProvinceCsv } from './write-csv.ts';
export {
  type ExampleFile,
  type ExampleList,
  exampleLists,
  exampleLocality,
  type WrittenExample,
  writeExample,
} from './write-example.ts';

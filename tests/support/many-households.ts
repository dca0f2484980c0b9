import type pg from 'pg';

export interface Many {
  readonly pool: pg.Pool;
  readonly villages: readonly string[];
  readonly count: number;
  /** The day the registry stands at. */
  readonly today: string;
}

/** The g-th number: none ends in 00 to 09, which a simulator may treat in its own way. */
const NUMBER = `'+8454' || lpad(((g / 90) * 100 + 10 + g % 90)::text, 7, '0')`;

const STATEMENTS = [
  `insert into registry.subject (subject_id, kind, code, synthetic, exists_from, recorded_at)
     select id, 'household', 'S' || g, true, '2025-01-01', now() from made`,
  `insert into registry.residency (subject_id, valid_from, village_id, recorded_at) select id, '2025-01-01', village, now() from made`,
  `insert into registry.classification (subject_id, valid_from, class, standard, recorded_at)
     select id, '2025-01-01', 'poor', '2021-2025', now() from made`,
  `insert into registry.profile (subject_id, valid_from, languages, languages_read, recorded_at) select id, '2025-01-01', '{vi}', '{vi}', now() from made`,
  `insert into registry.person (subject_id, person_id, name, name_folded, relation, is_head, valid_from, recorded_at)
     select id, person, 'Hộ Mô Phỏng ' || g, 'ho mo phong ' || g, 'chủ hộ', true, '2025-01-01', now() from made`,
  `insert into registry.contact_point (subject_id, contact_point_id, kind, value, person_id, valid_from, recorded_at)
     select id, gen_random_uuid(), 'mobile', ${NUMBER}, person, date '2025-01-01', now() from made
     union all select id, gen_random_uuid(), 'email', 'ho-' || g || '@ho.invalid', person, date '2025-01-01', now() from made`,
];

/**
 * Poor, invented households with a number and an e-mail address each, who read Vietnamese: written straight into the tables, for sizes that no
 * list of a test has.
 */
export const putHouseholds = async ({ pool, villages, count, today }: Many): Promise<void> => {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query(
      `create temp table made on commit drop as select gen_random_uuid() as id, gen_random_uuid() as person, g,
         ($1::uuid[])[1 + g % cardinality($1::uuid[])] as village from generate_series(0, $2::int - 1) g`,
      [villages, count],
    );
    for (const statement of STATEMENTS) await client.query(statement);
    await client.query(
      `insert into registry.subject_now select n.*, $1::date from registry.subject_at($1::date) n
         where n.subject_id in (select id from made)`,
      [today],
    );
    await client.query('commit');
  } finally {
    client.release();
  }
  await pool.query(
    'analyze registry.subject, registry.subject_now, registry.contact_point, registry.person, registry.profile',
  );
};

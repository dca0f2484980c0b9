import {
  listChildren,
  listShapes,
  loadShapes,
  type PlaceVersion,
  type ReadShapes,
} from '../../../modules/territory/index.ts';
import { AppError } from '../../../shared/errors.ts';
import {
  Actions,
  Alert,
  Button,
  Card,
  EmptyState,
  Field,
  Form,
  FormTrouble,
  Hint,
  LinkButton,
  OutlineMap,
  PageHead,
  SearchForm,
  Select,
} from '../../../ui/index.ts';
import { type PageRequest, page, type View } from '../../page.ts';
import { capital, showMoment } from '../../show.ts';
import { faultAt, textOf, troubleOf } from '../../typed.ts';
import { typedDay } from '../typed-day.ts';
import { releaseFiles, requireBringer } from '../villages/may-bring.ts';
import { communeAsked, communeName } from './own-communes.ts';
import { type HeldShapes, heldText, shapesOfForm, shapesOfUpload } from './shapes-of-form.ts';
import { Trial, type Tried } from './trial.tsx';

const PATH = '/territory/map';

/** What was done just now, as the address says after it. */
const Done = ({ say, query }: Pick<PageRequest, 'say' | 'query'>) => {
  const count = Number.parseInt(textOf(query, 'loaded'), 10);
  const dropped = textOf(query, 'dropped') === '1';
  if (!dropped && !(count >= 0)) return null;
  return (
    <Alert tone="success">
      <p>{dropped ? say('page.map.dropped') : say('page.map.done', { count })}</p>
      {!dropped && (
        <p>
          <a href="/coverage">{say('page.map.to-coverage')}</a>
        </p>
      )}
    </Alert>
  );
};

/** The map in use, with its file, and the way to take it away. */
const Now = async ({ say, execute }: PageRequest, commune: PlaceVersion, villages: readonly PlaceVersion[]) => {
  const { placeId } = commune;
  const shapes = new Map(
    (await execute(listShapes, { placeIds: [placeId] })).map((shape) => [shape.placeId, shape] as const),
  );
  const drawn = villages.flatMap((village) => {
    const shape = shapes.get(village.placeId)?.geometry;
    return shape ? { name: capital(communeName(village)), shape } : [];
  });
  const without = villages.filter((village) => !shapes.has(village.placeId)).map((each) => capital(communeName(each)));
  const files = new Map([...shapes.values()].map(({ source, loadedAt }) => [source, loadedAt]));
  if (drawn.length === 0)
    return (
      <Card title={say('page.map.now')}>
        <p>{say('page.map.now-none')}</p>
      </Card>
    );
  return (
    <Card title={say('page.map.now')}>
      <p>
        {say('page.map.now-of', { drawn: drawn.length, villages: villages.length })}{' '}
        {[...files].map(([source, at]) => say('page.map.now-source', { source, at: showMoment(at) })).join(' ')}
      </p>
      {without.length > 0 && <p>{say('page.map.without', { names: without.join(', ') })}</p>}
      <OutlineMap say={say} label={say('page.map.picture', { place: communeName(commune) })} villages={drawn} />
      <Actions>
        <LinkButton look="danger" href={`${PATH}/drop?place=${placeId}`}>
          {say('page.map.drop')}
        </LinkButton>
      </Actions>
    </Card>
  );
};

const LoadForm = (props: { request: PageRequest; commune: PlaceVersion; tried: Tried | undefined }) => {
  const { request, commune, tried } = props;
  const { say, csrf, typed } = request;
  const ready = tried !== undefined && tried.report.found.length > 0;
  return (
    <Card title={say(tried ? 'page.map.load-other' : 'page.map.load')}>
      <Form action={PATH} csrf={csrf} files>
        <input type="hidden" name="place" value={commune.placeId} />
        <Field
          name="from"
          label={say('page.map.from')}
          hint={say('page.map.from-hint')}
          value={tried?.from ?? textOf(typed.values, 'from')}
          error={faultAt(request, 'from')}
        />
        <Field
          name="file"
          type="file"
          accept=".geojson,.json"
          label={say('page.map.file')}
          hint={say('page.map.file-hint')}
          error={faultAt(request, 'file')}
        />
        <Actions>
          <Button look={ready ? 'secondary' : 'primary'}>{say('page.map.check')}</Button>
        </Actions>
      </Form>
    </Card>
  );
};

const draw = async (request: PageRequest, tried?: Tried): Promise<View> => {
  const { say, query, typed, execute } = request;
  const asked = tried?.placeId ?? (textOf(typed.values, 'place') || textOf(query, 'place'));
  const { commune, options } = await communeAsked(request, asked);
  const villages = commune ? await execute(listChildren, { placeId: commune.placeId }) : [];
  return {
    title: say('page.map.title'),
    ...(tried?.report.found.length === 0 ? { status: 422 } : {}),
    body: (
      <>
        <PageHead
          title={say('page.map.title')}
          lead={say('page.map.lead')}
          back={{ href: '/counts', label: say('nav.counts') }}
        />
        {!tried && <Done say={say} query={query} />}
        <FormTrouble trouble={troubleOf(request)} />
        {options.length > 1 && (
          <SearchForm action={PATH} label={say('page.map.show')}>
            <Select name="place" label={say('page.map.place')} options={options} value={commune?.placeId ?? ''} />
            <Button look="secondary">{say('page.map.show')}</Button>
          </SearchForm>
        )}
        {options.length === 1 && <Hint>{options[0]!.label}</Hint>}
        {!commune && (
          <EmptyState title={say('page.map.no-places')}>
            <p>{say('page.map.no-places-next')}</p>
          </EmptyState>
        )}
        {commune && villages.length === 0 && (
          <EmptyState title={say('page.map.no-villages')}>
            <LinkButton href="/villages/import">{say('page.villages.import')}</LinkButton>
          </EmptyState>
        )}
        {tried && <Trial request={request} tried={tried} />}
        {commune && villages.length > 0 && (
          <>
            {!tried && (await Now(request, commune, villages))}
            <LoadForm request={request} commune={commune} tried={tried} />
          </>
        )}
      </>
    ),
  };
};

type ToTry = Pick<HeldShapes, 'source'> & ReadShapes;

const tryOut = async (request: PageRequest, form: PageRequest['form'], file: ToTry): Promise<Tried> => {
  const [placeId, from] = [textOf(form, 'place'), textOf(form, 'from').trim()];
  const { source, shapes, features, faults } = file;
  const input = { placeId, shapes: [...shapes], source, from: from === '' ? null : typedDay(from) };
  const report = await request.execute(loadShapes, { ...input, commit: false });
  const villages = new Set(report.found.flatMap(({ numbers }) => numbers));
  const held = heldText(
    source,
    shapes.filter(({ number }) => villages.has(number)),
  );
  const { commune } = await communeAsked(request, placeId);
  return { placeId, place: commune ? communeName(commune) : '', from, features, faults, report, held };
};

/**
 * The page; what was kept over a sign-in, or no longer fits since it was tried, is tried again. What cannot be tried (a day
 * that is none) is said at its field: the page must open all the same.
 */
const view = async (request: PageRequest): Promise<View> => {
  requireBringer(request);
  const { values, kept, error } = request.typed;
  const held = kept || error?.kind === 'conflict' ? shapesOfForm(values) : undefined;
  if (!held) return draw(request);
  let tried: Tried;
  try {
    tried = await tryOut(request, values, { ...held, features: held.shapes.length, faults: [] });
  } catch (fault) {
    if (!(fault instanceof AppError) || fault.kind !== 'invalid') throw fault;
    return draw({ ...request, typed: { ...request.typed, error: fault } });
  }
  return draw(request, tried);
};

export const mapPages = [
  page({ method: 'GET', path: PATH, signedIn: true, handle: view }),
  page({
    method: 'POST',
    path: PATH,
    signedIn: true,
    again: view,
    files: { admit: requireBringer, release: releaseFiles },
    handle: async (request) => {
      requireBringer(request);
      const { form, execute } = request;
      const held = shapesOfForm(form);
      if (!held) {
        const { source, read } = await shapesOfUpload(request);
        return draw(request, await tryOut(request, form, { source, ...read }));
      }
      const [placeId, from] = [textOf(form, 'place'), textOf(form, 'from').trim()];
      const input = { placeId, ...held, from: from === '' ? null : typedDay(from) };
      const { found } = await execute(loadShapes, { ...input, commit: true });
      return { redirect: `${PATH}?place=${placeId}&loaded=${found.length}` };
    },
  }),
];

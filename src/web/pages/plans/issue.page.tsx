import { getPlan, issuePlan } from '../../../modules/plans/index.ts';
import { showDay } from '../../../shared/dates.ts';
import { conflict, invalid } from '../../../shared/errors.ts';
import { Actions, Button, Field, Form, FormTrouble, LinkButton, PageHead } from '../../../ui/index.ts';
import { keptForm } from '../../kept-form.ts';
import { type PageRequest, page, type View } from '../../page.ts';
import { faultAt, textOf, troubleOf } from '../../typed.ts';
import { typedDay } from '../typed-day.ts';
import { releaseFiles, requireIssuer } from './may-plan.ts';

const view = async (request: PageRequest): Promise<View> => {
  const { say, csrf, typed, params, execute } = request;
  requireIssuer(request);
  const plan = await execute(getPlan, { code: params.code! });
  if (plan.state !== 'draft' && !typed.error) throw conflict('plan.not-draft', { plan: plan.code });
  const at = `/plans/${plan.code}/issue`;
  const sent = Object.keys(typed.values).length > 0;
  const value = (name: string, known: string | null) => (sent ? textOf(typed.values, name) : (known ?? ''));
  return {
    title: say('page.plans.issue'),
    body: (
      <>
        <PageHead
          title={say('page.plans.issue-title')}
          lead={say('page.plans.issue-lead', { title: plan.title, lines: plan.lines.length })}
          back={{ href: `/plans/${plan.code}`, label: say('page.plans.back') }}
        />
        <FormTrouble trouble={troubleOf(request)} />
        <Form action={at} csrf={csrf} files keep={await keptForm(request, at)}>
          <Field
            name="number"
            label={say('page.plans.number')}
            hint={say('page.plans.number-hint')}
            value={value('number', plan.number)}
            error={faultAt(request, 'number')}
          />
          <Field
            name="issuedOn"
            label={say('page.plans.issued-on')}
            inputMode="numeric"
            placeholder="05/01/2026"
            value={value('issuedOn', plan.issuedOn && showDay(plan.issuedOn))}
            error={faultAt(request, 'issuedOn')}
          />
          <Field
            name="signer"
            label={say('page.plans.signer')}
            hint={say('page.plans.signer-hint')}
            value={value('signer', plan.signer)}
            error={faultAt(request, 'signer')}
          />
          <Field
            name="file"
            type="file"
            accept=".pdf"
            label={say('page.plans.pdf')}
            hint={say('page.plans.pdf-hint')}
            error={faultAt(request, 'file')}
          />
          <Actions>
            <Button>{say('page.plans.issue')}</Button>
            <LinkButton href={`/plans/${plan.code}`}>{say('ui.cancel')}</LinkButton>
          </Actions>
        </Form>
      </>
    ),
  };
};

export const planIssuePages = [
  page({ method: 'GET', path: '/plans/:code/issue', signedIn: true, handle: view }),
  page({
    method: 'POST',
    path: '/plans/:code/issue',
    signedIn: true,
    again: view,
    files: { admit: requireIssuer, release: releaseFiles },
    handle: async ({ params, form, uploads, execute }) => {
      const file = uploads.find(({ field, size }) => field === 'file' && size > 0);
      if (!file) throw invalid('plan.no-signed', {}, [{ path: 'file', code: 'plan.no-signed' }]);
      await execute(issuePlan, {
        code: params.code!,
        number: textOf(form, 'number'),
        issuedOn: typedDay(textOf(form, 'issuedOn')),
        signer: textOf(form, 'signer'),
        file: { name: file.fileName, sha256: file.sha256 },
      });
      return { redirect: `/plans/${params.code}` };
    },
  }),
];

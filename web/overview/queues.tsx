/** The queues between the steps: what waits in them, and what was given up, which can be driven again. */
import { useState } from 'preact/hooks';
import { call } from '../api/client.ts';
import { maybe, number, t } from '../i18n.ts';
import { useResource } from '../resource.ts';
import { useAction } from '../ui/action.ts';
import { useLookout } from '../ui/lookout.ts';
import { Skeleton, Trouble } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';

interface Queue {
  readonly name: string;
  readonly waiting: number;
  readonly inFlight: number;
  readonly dead: number;
}

const EVERY_MS = 15_000;

export function Queues() {
  const { data, problem, reload } = useResource<{ items: readonly Queue[] }>('/v1/queues');
  useLookout(reload, EVERY_MS);
  const { problem: failed, run } = useAction();
  const redrive = (name: string) =>
    run(async () => {
      await call('POST', `/v1/queues/${name}/redrive`);
      toast(t('queues.redriven', { name: nameOf(name) }));
      await reload();
    });
  return (
    <section class="card">
      <h2>{t('queues.title')}</h2>
      <p class="hint">{t('queues.text')}</p>
      <Trouble problem={problem} retry={() => void reload()} />
      {!data && !problem && <Skeleton rows={4} />}
      <ul class="rows">
        {data?.items.map((queue) => (
          <QueueRow key={queue.name} queue={queue} onRedrive={() => void redrive(queue.name)} />
        ))}
      </ul>
      <Trouble problem={failed} />
    </section>
  );
}

const nameOf = (name: string) => maybe(`queue.${name}`) ?? name;

interface QueueRowProps {
  readonly queue: Queue;
  readonly onRedrive: () => void;
}

function QueueRow({ queue: { name, waiting, inFlight, dead }, onRedrive }: QueueRowProps) {
  const [sure, setSure] = useState(false);
  const redrive = () => {
    setSure(false);
    onRedrive();
  };
  return (
    <li>
      <strong>{nameOf(name)}</strong>
      <span class="hint">{t('queues.now', { waiting: number(waiting), inFlight: number(inFlight) })}</span>
      <div class="row-end">
        <span class={dead > 0 ? 'state failed' : 'state'}>{t('queues.dead', { n: dead })}</span>
        {dead > 0 && !sure && (
          <button
            type="button"
            aria-label={`${t('queues.redrive')}: ${nameOf(name)}`}
            onClick={() => setSure(true)}
          >
            {t('queues.redrive')}
          </button>
        )}
        {sure && (
          <>
            <button type="button" class="primary" onClick={redrive}>
              {t('queues.sure', { n: dead })}
            </button>
            <button type="button" onClick={() => setSure(false)}>
              {t('cancel')}
            </button>
          </>
        )}
      </div>
    </li>
  );
}

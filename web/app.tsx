import { render } from 'preact';

render(
  <main>
    <h1>Tocsin is running</h1>
    <p>
      What it can do stands in <a href="/v1/docs">its API</a>.
    </p>
  </main>,
  document.getElementById('app')!,
);

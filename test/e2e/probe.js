// Runs inside pages of the tests, before anything else: what a page can try, each told as one word.

const untilLoaded = (element) =>
  new Promise((resolve) => {
    element.addEventListener('load', () => resolve('loaded'));
    element.addEventListener('error', () => resolve('refused'));
    document.body.append(element);
  });

globalThis.probe = {
  socket: (address) =>
    new Promise((resolve) => {
      const socket = new WebSocket(address);
      socket.addEventListener('open', () => resolve('open'));
      socket.addEventListener('error', () => resolve('refused'));
    }),

  request: (address, options) =>
    fetch(address, options).then(
      (answer) => `${answer.type} ${answer.status}`,
      () => 'refused',
    ),

  script: (address) => untilLoaded(Object.assign(document.createElement('script'), { src: address })),

  /** Loads either way; what is in it is for the test to see. */
  frame: (address) => untilLoaded(Object.assign(document.createElement('iframe'), { src: address })),

  go: (address) => {
    location.href = address;
  },

  /** Styles by the CSSOM, then an inline script and an inline style: what worked, and what the policy stopped. */
  async inline() {
    const stopped = [];
    document.addEventListener('securitypolicyviolation', (event) => stopped.push(event.effectiveDirective));
    document.body.style.color = 'rgb(1, 2, 3)';
    document.body.append(Object.assign(document.createElement('script'), { textContent: 'document.title = "run"' }));
    document.body.insertAdjacentHTML('beforeend', '<p style="color: red">x</p>');
    while (stopped.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    return { color: getComputedStyle(document.body).color, title: document.title, stopped };
  },
};

// Catches a defect of one screen, says so, and leaves the rest of the workbench usable.

import { Component } from 'react';

interface State {
  readonly message: string | null;
}

export class ScreenBoundary extends Component<{ children: React.ReactNode }, State> {
  override state: State = { message: null };

  static getDerivedStateFromError(error: unknown): State {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render() {
    const { message } = this.state;
    if (message === null) return this.props.children;
    return (
      <div className="notice" role="alert">
        <h1>This screen failed</h1>
        <p className="mono">{message}</p>
        <p className="dim">The other screens still work. If it happens again, this is a defect worth reporting.</p>
        <button type="button" className="button" onClick={() => this.setState({ message: null })}>
          Show it again
        </button>
      </div>
    );
  }
}

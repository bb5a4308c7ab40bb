// Start latency as a picture: a histogram and the distribution function, one above the other on one duration axis,
// with the targets as lines. uPlot draws; this file only says what. The figure under the pointer is exact.

import { useEffect, useMemo, useRef, useState } from 'react';
import './language-tag.ts';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useStore } from 'zustand';
import type { StartLatencyReport } from '../../shared/analysis/start-latency.ts';
import { useApp } from '../state/use-app.ts';
import { useSize } from '../widgets/use-size.ts';
import { cdfPoints, histogramSteps, latencyScale, readCdf, readHistogram } from './latency-chart-data.ts';
import { cdfOptions, histogramOptions } from './latency-chart-options.ts';

const HISTOGRAM_PX = 150;
const CDF_PX = 190;

export function LatencyChart({ report }: { report: StartLatencyReport }) {
  // A chart reads its colours when it is made: another theme makes it anew.
  const theme = useStore(useApp().theme, (s) => s.theme);
  const scale = useMemo(() => latencyScale(report), [report]);
  const [histogramText, setHistogramText] = useState('');
  const [cdfText, setCdfText] = useState('');
  const histogram = useMemo(() => {
    const data = histogramSteps(report.histogram, scale);
    const tell = (at: number | null): void => setHistogramText(at === null ? '' : readHistogram(report, scale, at));
    return { data, options: histogramOptions(scale, report.targets, tell), height: HISTOGRAM_PX };
  }, [report, scale]);
  const cdf = useMemo(() => {
    const data = cdfPoints(report.cdf, scale);
    const tell = (at: number | null): void => setCdfText(at === null ? '' : readCdf(report, scale, at));
    return { data, options: cdfOptions(scale, report.targets, tell), height: CDF_PX };
  }, [report, scale]);
  return (
    <div className="latency-chart">
      <ChartHead title="Task runs by start latency, counts on a logarithmic scale" text={histogramText} />
      <Chart key={`histogram ${theme}`} {...histogram} label="Histogram of start latency" />
      <ChartHead title="Share of task runs started within" text={cdfText} />
      <Chart key={`cdf ${theme}`} {...cdf} label="Distribution function of start latency" />
    </div>
  );
}

function ChartHead({ title, text }: { title: string; text: string }) {
  return (
    <p className="chart-head">
      <span className="dim">{title}</span> <span>{text}</span>
    </p>
  );
}

type MakeOptions = (canvas: { width: number; height: number; colour: (name: string) => string }) => uPlot.Options;

interface ChartProps {
  readonly data: uPlot.AlignedData;
  readonly options: MakeOptions;
  readonly height: number;
  readonly label: string;
}

function Chart({ data, options, height, label }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const { width } = useSize(box);
  useEffect(() => {
    const element = box.current;
    if (!element || width === 0) return;
    const style = getComputedStyle(element);
    const colour = (name: string): string => style.getPropertyValue(name);
    const plot = new uPlot(options({ width, height, colour }), data, element);
    return () => plot.destroy();
  }, [data, options, height, width]);
  return <div ref={box} role="img" aria-label={label} style={{ height }} />;
}

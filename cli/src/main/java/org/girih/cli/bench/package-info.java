/// Measures how long something takes: the runs that `girih bench` times, what they report, what is
/// saved of them and how two measurements compare.
///
/// [Sampling] is how often something is run to be timed, a [Measurement] the times of the runs, and
/// [Summary] their median and spread.
/// [SavedRun] is what `--save` writes, with the [Setting] in which it was measured;
/// [BenchComparison] holds two measurements against each other.
package org.girih.cli.bench;

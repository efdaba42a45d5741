/// Measures how long something takes: the runs that `girih bench` times, what they report, what is
/// saved of them and how two measurements compare.
package org.girih.cli.bench;

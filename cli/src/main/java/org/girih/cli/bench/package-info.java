/// How long something takes: the runs that `girih bench` times, what they say, what is saved of
/// them and how two measurements compare.
package org.girih.cli.bench;

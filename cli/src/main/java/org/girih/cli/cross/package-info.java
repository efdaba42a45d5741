/// The devices that Girih compiles for: [Chip] has the figures of the devices, [Target] is what
/// `--target` names, [Build] compiles a module for one in a process of its own, and [Report] states
/// the outcome.
///
/// [Estimate] is the least time of a step, by the peaks of the chip.
package org.girih.cli.cross;

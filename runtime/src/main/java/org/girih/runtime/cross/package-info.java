/// Compiles for devices that are not here, in a process of its own.
///
/// A vendor's plugin ends its process when it meets what it does not expect (libtpu on a topology
/// of no chips, on an unknown flag), asks a metadata server for minutes unless its environment
/// states that there is none, and prints as it likes. So [CrossCompilation] starts a child of this
/// JVM with the environment that the plugin needs, [CrossChild] compiles there, and what it made
/// comes back in files; a child that ends without an answer is a [CrossException] with its last
/// words.
///
/// A [CrossRequest] is what the child is asked, a [CrossResult] what it made; [LastWords] finds
/// what a process that XLA ended gave as the reason.
package org.girih.runtime.cross;

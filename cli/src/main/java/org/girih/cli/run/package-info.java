/// Running a program: [FileLoader] reads what the elaborator asks for, [Compiler] turns a file into
/// a plan of verified modules, [HostDriver] does the plan's steps on a device.
package org.girih.cli.run;

/// The cost of a program, line by line of the source: the table of `girih show --cost`.
package org.girih.cli.cost;

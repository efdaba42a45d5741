/// What a program costs, line by line of the source: the table of `girih show --cost`.
package org.girih.cli.cost;

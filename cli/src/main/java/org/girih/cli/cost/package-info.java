/// The cost of a program, line by line of the source: the table of `girih show --cost`.
///
/// [CostReport] counts, [CostTable] lays out, [Figure] writes numbers for people. [PluginCost] is
/// what the plugin's own analysis says of the same program.
package org.girih.cli.cost;

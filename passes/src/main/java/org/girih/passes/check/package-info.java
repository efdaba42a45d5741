/// `girih run --check`: from a program one that tells what went wrong in it first.
///
/// | class | what it knows |
/// |---|---|
/// | [FunctionalizeChecks] | the pass: where checks are, and how findings reach the entry |
/// | [CheckedBody] | one function, copied with its checks |
/// | [NanCheck] | which elements of a result are a new NaN or infinity |
/// | [UsedElements] | which elements a `where` throws away |
/// | [Positions] | the positions of reads and writes, and their bounds |
/// | [CheckRecords] | flags, records and values in one function; the first of them |
/// | [Checked], [RecordSite] | what a record means |
///
/// Walk: `loop x = 2.0 for i in 0..9 { log(x) }` is a scan of `@loop.body`. `log` becomes site 1,
/// and `@loop.body` returns a record of three numbers: `[1, 0, 1]` where the logarithm is not a
/// number, else zeros. The scan is site 2; `@loop.body.checked` carries a record of five, and as
/// long as it is zero takes `[1, 0, 1, 2, i]`: site 1 in iteration i of site 2. The entry returns
/// that to the host.
package org.girih.passes.check;

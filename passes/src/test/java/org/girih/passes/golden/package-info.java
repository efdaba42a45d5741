/// The golden files under `testdata`: their readers, the tolerances, and the tests that run them.
///
/// `ops/NAME/exec.tir` holds small programs, one equation each, and `exec.values` their arguments
/// and the results that JAX gives ([ValuesFile]); [Tolerances] says how near a result must be.
/// `ops/NAME/infer.tir` and `passes/NAME/*.tir` have their text beside them in `.out` ([Blessed]):
/// `mvn test -Dbless` writes these anew, for a person to read the difference.
package org.girih.passes.golden;

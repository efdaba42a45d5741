/// Built programs, as files and as resources of jars: what `girih build -o NAME.girihx` writes and
/// the Maven plugin puts beside the classes that it generates.
///
/// [org.girih.runtime.artifact.Artifact] reads and writes them; its
/// [org.girih.runtime.artifact.Manifest] lists what is in one. A function is described by its
/// [org.girih.runtime.artifact.Signature]: the leaves of its arguments and results, by path, with
/// dtypes and sizes. Nothing here needs a device; [org.girih.runtime.host] runs them.
///
/// [org.girih.runtime.artifact.DType] has the element types under the language's names, and
/// [org.girih.runtime.artifact.ArtifactException] is an artifact that cannot be used.
package org.girih.runtime.artifact;

/// Data files: NumPy's `.npy` and `.npz`, `.safetensors` and texts, read defensively and written
/// atomically.
///
/// [DataFiles] is the door. A head is a [NpyHeader], whose Python literal [HeaderLiteral] reads;
/// [Layouts] turns what other machines wrote into the host's layout; [AtomicFile] writes a file
/// that is complete or not there. What goes wrong is a [FileProblem].
///
/// [SealedArrays] is a file of arrays that ends with its own hash ([Sha256]), as a checkpoint is.
package org.girih.host.file;

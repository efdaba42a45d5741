/// Data files: NumPy's `.npy` and `.npz`, read defensively and written atomically.
package org.girih.cli.file;

/// Reports what the plugin refused: a [PjrtException] with a [StatusCode]. Its own package, since
/// programs in Java may catch it, and the binding that throws it is not theirs to see.
package org.girih.runtime.status;

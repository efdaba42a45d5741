/// Shows how far a host loop has come: a bar on a terminal, a line now and then elsewhere.
package org.girih.cli.progress;

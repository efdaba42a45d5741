package org.girih.cli.plot;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.SequencedMap;
import javax.imageio.ImageIO;
import org.girih.host.array.HostArray;
import org.girih.host.effect.Plotter;
import org.girih.host.file.AtomicFile;
import org.girih.host.file.FileProblem;
import org.girih.ir.diagnostic.Code;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jfree.svg.SVGGraphics2D;

/// Draws arrays with the JDK and JFreeChart.
public final class Plots implements Plotter {
  private static final int WIDTH = 800;
  private static final int HEIGHT = 500;

  /// Draws curves if the arrays have one axis, else an image or a grid of images, whose least and
  /// greatest number are black and white.
  @Override
  public void plot(Path path, SequencedMap<String, HostArray> arrays) throws IOException {
    try {
      draw(path, arrays);
    } catch (FileProblem e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static void draw(Path path, SequencedMap<String, HostArray> arrays) throws FileProblem {
    System.setProperty("java.awt.headless", "true");
    HostArray first = arrays.values().iterator().next();
    boolean svg = path.toString().endsWith(".svg");
    if (first.dims().length > 1) {
      BufferedImage image = Pixels.grid(first);
      AtomicFile.write(path, out -> write(out, image, svg));
      return;
    }
    try {
      JFreeChart chart = curves(arrays);
      if (svg) {
        var graphics = new SVGGraphics2D(WIDTH, HEIGHT);
        chart.draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
        byte[] text = graphics.getSVGDocument().getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(path, out -> out.write(text));
      } else {
        BufferedImage image = chart.createBufferedImage(WIDTH, HEIGHT);
        AtomicFile.write(path, out -> write(out, image, false));
      }
    } catch (LinkageError | InternalError e) {
      throw noFonts(path);
    } catch (RuntimeException e) {
      // "Fontconfig head is null", of `sun.awt.FontConfiguration`, which has no type of its own.
      if (String.valueOf(e.getMessage()).contains("ontconfig")) {
        throw noFonts(path);
      }
      throw e;
    }
  }

  /// Returns the JDK's text drawing wants the system's font libraries.
  private static FileProblem noFonts(Path path) {
    return new FileProblem(
        Code.CANNOT_WRITE,
        "cannot draw `" + path + "`: Java finds no fonts on this machine (install fontconfig)");
  }

  @Override
  public void image(Path path, HostArray array) throws IOException {
    BufferedImage image = Pixels.image(array);
    try {
      AtomicFile.write(path, out -> write(out, image, false));
    } catch (FileProblem e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static JFreeChart curves(SequencedMap<String, HostArray> arrays) {
    var data = new XYSeriesCollection();
    arrays.forEach(
        (name, array) -> {
          var series = new XYSeries(name.isEmpty() ? "value" : name, false);
          for (int i = 0; i < array.size(); i++) {
            double y = Pixels.number(array, i);
            series.add(i, Double.isFinite(y) ? y : Double.NaN);
          }
          data.addSeries(series);
        });
    boolean legend = arrays.size() > 1;
    JFreeChart chart =
        ChartFactory.createXYLineChart(
            null, null, null, data, PlotOrientation.VERTICAL, legend, false, false);
    chart.getXYPlot().setBackgroundPaint(Color.WHITE);
    chart.getXYPlot().setDomainGridlinePaint(Color.LIGHT_GRAY);
    chart.getXYPlot().setRangeGridlinePaint(Color.LIGHT_GRAY);
    if (chart.getXYPlot().getRangeAxis() instanceof NumberAxis axis) {
      axis.setAutoRangeIncludesZero(false);
    }
    return chart;
  }

  private static void write(OutputStream out, BufferedImage image, boolean svg) throws IOException {
    if (!svg) {
      ImageIO.setUseCache(false);
      ImageIO.write(image, "png", out);
      return;
    }
    var png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    String data = Base64.getEncoder().encodeToString(png.toByteArray());
    String text =
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d">
        <image width="100%%" height="100%%" style="image-rendering:pixelated" href="data:image/png;base64,%s"/>
        </svg>
        """
            .formatted(image.getWidth(), image.getHeight(), data);
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}

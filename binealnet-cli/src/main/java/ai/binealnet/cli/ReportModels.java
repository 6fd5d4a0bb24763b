package ai.binealnet.cli;

import ai.binealnet.cli.VisionTask.Pictures;
import ai.binealnet.core.task.TaskConfig;
import ai.binealnet.core.task.TaskData;
import ai.binealnet.core.task.TrainedNetwork;
import ai.binealnet.deploy.Exporter;
import ai.binealnet.deploy.ModelKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the model files of a report and gives each a name of its own.
 *
 * @param <C> the task's configuration
 * @param <D> the task's data
 */
final class ReportModels<C extends TaskConfig, D extends TaskData> {
  private final VisionTask<C, D> task;
  private final Path folder;
  private final CalibrationPictures calibration;
  private final D data;
  private final StepProgress progress;
  private final List<ReportModel> all = new ArrayList<>();

  /**
   * Nothing yet.
   *
   * @param folder where files are written
   * @param calibration of 8-bit files
   * @param data whose training pictures they are calibrated on
   */
  ReportModels(
      VisionTask<C, D> task,
      Path folder,
      CalibrationPictures calibration,
      D data,
      StepProgress progress) {
    this.task = task;
    this.folder = folder;
    this.calibration = calibration;
    this.data = data;
    this.progress = progress;
  }

  /** Exports runs, takes files as they are. */
  List<ReportModel> of(List<ReportSubject<C>> subjects) {
    for (ReportSubject<C> subject : subjects) {
      if (subject.trained() == null) {
        add(subject, subject.path());
      }
      for (ModelKind form : subject.forms()) {
        Path file = folder.resolve("%d-%s.onnx".formatted(all.size(), form.label()));
        export(subject.trained(), form, file);
        add(subject, file);
      }
    }
    return named(all);
  }

  private void export(TrainedNetwork<C, ?> trained, ModelKind form, Path file) {
    if (form == ModelKind.INT8) {
      ModelFiles.exportInt8(
          trained,
          calibration.read(task.pictures(trained.config(), data, Pictures.TRAINING), trained),
          file);
    } else {
      ModelFiles.export(trained, form, file);
    }
  }

  private void add(ReportSubject<C> subject, Path file) {
    try (ExportedModel<D> model = task.open(file, 1)) {
      Map<String, String> metadata = model.metadata();
      String kind = model.kind();
      Double width = Tasks.width(metadata, file);
      String name = width == null ? kind : kind + " x" + Numbers.plain(width);
      String network = metadata.getOrDefault(Exporter.NETWORK, "");
      all.add(
          new ReportModel(new Contender(name, kind, width, file, false), network, subject.name()));
      progress.done("prepared " + name + " of " + subject.name());
    }
  }

  /** Adds where a model comes from, and if need be a number, to names that occur twice. */
  private static List<ReportModel> named(List<ReportModel> models) {
    List<ReportModel> named = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (ReportModel model : models) {
      Contender one = model.contender();
      boolean unique =
          models.stream().filter(each -> each.contender().name().equals(one.name())).count() == 1;
      String base = unique ? one.name() : one.name() + " " + model.source();
      String name = base;
      for (int i = 2; !taken.add(name); i++) {
        name = base + " " + i;
      }
      Contender renamed = new Contender(name, one.kind(), one.width(), one.file(), false);
      named.add(new ReportModel(renamed, model.network(), model.source()));
    }
    return named;
  }
}

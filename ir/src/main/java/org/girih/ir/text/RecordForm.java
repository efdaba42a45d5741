package org.girih.ir.text;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.op.Names;

/// Reads and makes a record of attributes: its components in order, with their names in `.tir`.
record RecordForm(Constructor<?> constructor, List<Component> components) {
  record Component(String name, AttributeForm form, Method accessor) {
    Object of(Object owner) {
      try {
        return accessor.invoke(owner);
      } catch (ReflectiveOperationException e) {
        throw new CompilerBug("component " + name + " of " + owner, e);
      }
    }
  }

  static RecordForm of(Class<?> type) {
    RecordComponent[] parts = type.getRecordComponents();
    var components = new ArrayList<Component>();
    for (RecordComponent part : parts) {
      components.add(
          new Component(
              Names.snake(part.getName()),
              AttributeForm.of(part.getGenericType()),
              part.getAccessor()));
    }
    try {
      Class<?>[] types =
          Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
      return new RecordForm(type.getDeclaredConstructor(types), components);
    } catch (NoSuchMethodException e) {
      throw new CompilerBug("no canonical constructor of " + type, e);
    }
  }

  /// Returns a record of these components, given in order.
  ///
  /// @throws IllegalArgumentException if the record's constructor refuses them
  Object make(Object[] values) {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new CompilerBug("making " + constructor.getDeclaringClass(), e);
    }
  }
}

using System.Reflection;
using System.Text;

namespace Ballast.Tests;

/// <summary>Everything that an assembly offers, as text: a type a paragraph, a member a line, all in order.</summary>
public static class PublicApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Nullability = new();

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(FullName, StringComparer.Ordinal))
        {
            text.Append(text.Length > 0 ? "\n" : "").Append(Heading(type)).Append('\n');
            foreach (var line in Members(type).Distinct().Order(StringComparer.Ordinal)) text.Append("    ").Append(line).Append('\n');
        }
        return text.ToString();
    }

    private static string Heading(Type type)
    {
        var bases = new[] { type.BaseType }.Where(b => b is not null && b != typeof(object) && b != typeof(ValueType) && b != typeof(Enum))
            .Concat(type.GetInterfaces().Where(i => i.Namespace?.StartsWith("Ballast", StringComparison.Ordinal) == true).OrderBy(i => i.FullName, StringComparer.Ordinal))
            .Select(b => Name(b!)).ToArray();
        return $"{Kind(type)} {FullName(type)}{(bases.Length > 0 ? " : " + string.Join(", ", bases) : "")}";
    }

    private static string Kind(Type type) =>
        type.IsEnum ? "enum"
        : type.IsInterface ? "interface"
        : typeof(Delegate).IsAssignableFrom(type) ? "delegate"
        : type.IsValueType ? IsRecord(type) ? "record struct" : "struct"
        : (type.IsAbstract && type.IsSealed ? "static " : type.IsAbstract ? "abstract " : "") + (IsRecord(type) ? "record" : "class");

    /// <summary>The compiler gives every record a method that prints its members; a struct keeps it private.</summary>
    private static bool IsRecord(Type type) =>
        type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly) is not null;

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum) return Enum.GetNames(type);
        if (typeof(Delegate).IsAssignableFrom(type)) return [Method(type.GetMethod("Invoke")!)];
        return type.GetConstructors(Declared).Select(c => $"new({Parameters(c)})")
            .Concat(type.GetFields(Declared).Select(f => $"{Static(f.IsStatic)}{Name(f.FieldType)} {f.Name}{(f.IsLiteral ? $" = {f.GetRawConstantValue()}" : "")}"))
            .Concat(type.GetProperties(Declared).Where(p => p.Name != "EqualityContract").Select(Property))
            .Concat(type.GetMethods(Declared).Where(m => !IsMadeByCompiler(type, m)).Select(Method));
    }

    private static bool IsMadeByCompiler(Type type, MethodInfo method) =>
        (method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal))
        || method.Name.StartsWith('<')
        || (IsRecord(type) && method.Name is "ToString" or "Equals" or "GetHashCode" or "Deconstruct" or "op_Equality" or "op_Inequality");

    private static string Property(PropertyInfo property)
    {
        var accessor = property.GetMethod ?? property.SetMethod!;
        var index = property.GetIndexParameters() is { Length: > 0 } keys ? $"[{string.Join(", ", keys.Select(Parameter))}]" : "";
        var set = property.SetMethod is not { IsPublic: true } setter ? ""
            : setter.ReturnParameter.GetRequiredCustomModifiers().Length > 0 ? "init; " : "set; ";
        return $"{Static(accessor.IsStatic)}{Name(property.PropertyType)}{Mark(Nullability.Create(property))} {(index.Length > 0 ? "this" : property.Name)}{index} {{ {(property.CanRead ? "get; " : "")}{set}}}";
    }

    private static string Method(MethodInfo method)
    {
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";
        return $"{Static(method.IsStatic)}{Name(method.ReturnType)}{Mark(Nullability.Create(method.ReturnParameter))} {method.Name}{generic}({Parameters(method)})";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter) =>
        $"{Name(parameter.ParameterType)}{Mark(Nullability.Create(parameter))} {parameter.Name}{(parameter.IsOptional ? " = …" : "")}";

    /// <summary>A question mark behind a reference that may be null; a nullable value has its own in its name.</summary>
    private static string Mark(NullabilityInfo info) =>
        !info.Type.IsValueType && !info.Type.IsByRef && (info.ReadState == NullabilityState.Nullable || info.WriteState == NullabilityState.Nullable) ? "?" : "";

    private static string Static(bool isStatic) => isStatic ? "static " : "";

    private static string FullName(Type type) => type.IsNested ? $"{FullName(type.DeclaringType!)}.{Name(type)}" : $"{type.Namespace}.{Name(type)}";

    private static string Name(Type type) =>
        Nullable.GetUnderlyingType(type) is { } value ? Name(value) + "?"
        : type.IsByRef ? "ref " + Name(type.GetElementType()!)
        : type.IsArray ? $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]"
        : type.IsPointer ? Name(type.GetElementType()!) + "*"
        : type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : Keywords.GetValueOrDefault(type, type.Name);

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(bool)] = "bool", [typeof(int)] = "int", [typeof(long)] = "long", [typeof(ulong)] = "ulong",
        [typeof(double)] = "double", [typeof(decimal)] = "decimal", [typeof(string)] = "string", [typeof(object)] = "object",
    };
}

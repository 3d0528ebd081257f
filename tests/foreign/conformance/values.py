"""Values that a shape of the model takes, and values that break one of its constraints."""

import regex

# Tried in this order: the first that keeps a shape's constraints stands for it.
CANDIDATES = [
    "abcdefghijklmnopqrstuvwxyz",
    "terms-of-use",
    "cognito:default",
    "123456",
    "us-east-1",
    "11111111-2222-4333-8444-555555555555",
    "us-east-1_aaaaaaaaa",
    "us-east-1_11111111-2222-3333-4444-555555555555",
    "tkn" + "a" * 25,
    "arn:aws:iam::123456789012:role/conformance",
    "arn:aws:lambda:us-east-1:123456789012:function:conformance",
    "arn:aws:s3:::conformance",
    "+15555550100",
    "user@example.com",
    "https://example.com/",
    "Your code is {####}",
    "Click {##here##}",
    "Hello {username}, your code is {####}",
    "10.0.0.0/8",
    "#aabbcc",
    "import-abcdefghij",
    "event-1",
    "0",
]


def valid(shape):
    """A value of the shape: required members alone, the shortest lists."""
    kind = shape.type_name
    if kind == "structure":
        if getattr(shape, "is_document_type", False):
            return {}
        return {name: valid(shape.members[name]) for name in shape.required_members}
    if kind == "list":
        return [valid(shape.member)] * max(1, shape.metadata.get("min", 0))
    if kind == "map":
        return {valid(shape.key): valid(shape.value)}
    if kind == "string":
        return valid_text(shape)
    if kind in ("integer", "long"):
        return max(1, shape.metadata.get("min", 1))
    if kind == "boolean":
        return False
    if kind == "timestamp":
        return 1_700_000_000
    if kind == "blob":
        return b"conformance"
    raise ValueError(f"{shape.name}: {kind}")


def valid_text(shape):
    if shape.enum:
        return shape.enum[0]
    for candidate in CANDIDATES:
        for text in (candidate, candidate * 2, candidate[: shape.metadata.get("max", 1 << 20)]):
            if keeps(shape, text):
                return text
    raise ValueError(f"no candidate for {shape.name} {shape.metadata}")


def keeps(shape, text):
    least, most = shape.metadata.get("min", 0), shape.metadata.get("max", 1 << 20)
    pattern = shape.metadata.get("pattern")
    fits = least <= len(text) <= most
    return fits and (pattern is None or regex.fullmatch(pattern, text) is not None)


def broken(shape):
    """Values that each break one constraint of the shape itself, with the name of the constraint."""
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    kind = shape.type_name
    if kind == "string":
        yield from broken_text(shape, least, most)
    elif kind in ("integer", "long"):
        if least is not None:
            yield "min", least - 1
        if most is not None and most < 1 << 31:
            yield "max", most + 1
    elif kind == "list":
        if least:
            yield "min", []
        if most is not None and most <= 100:
            yield "max", [valid(shape.member)] * (most + 1)


def broken_text(shape, least, most):
    if shape.enum:
        yield "enum", "NONSENSE"
        return
    text = valid_text(shape)
    if least:
        yield "min", text[: least - 1]
    if most is not None and most < 1 << 17:
        yield "max", (text * (most // len(text) + 2))[: most + 1]
    pattern = shape.metadata.get("pattern")
    if pattern is not None:
        for wrong in (" ", "\t\n", "ä ö", "%", "a b c d e f", "no"):
            padded = wrong * max(1, -(-(least or 1) // len(wrong)))
            if regex.fullmatch(pattern, padded) is None and len(padded) <= (most or 1 << 20):
                yield "pattern", padded
                return


def constraints(shape, path=(), seen=()):
    """Every constrained place that an input of this shape can have: its path, its shape."""
    if shape.name in seen or getattr(shape, "is_document_type", False):
        return
    seen = (*seen, shape.name)
    if shape.type_name == "structure":
        for name, member in shape.members.items():
            yield (*path, name), member
            yield from constraints(member, (*path, name), seen)
    elif shape.type_name == "list":
        yield (*path, 0), shape.member
        yield from constraints(shape.member, (*path, 0), seen)


def put(shape, value, path, wrong):
    """`value` with `wrong` at `path`; what leads there is made valid."""
    step, rest = path[0], path[1:]
    inner = shape.members[step] if shape.type_name == "structure" else shape.member
    if shape.type_name == "structure":
        value = dict(value)
        before = value.get(step)
        value[step] = wrong if not rest else put(inner, before if before is not None else valid(inner), rest, wrong)
        return value
    value = list(value) or [valid(inner)]
    value[0] = wrong if not rest else put(inner, value[0], rest, wrong)
    return value


def misfit(shape, value, path="answer"):
    """What of an answer's JSON is not of the shape, or nothing."""
    kind = shape.type_name
    if kind == "structure":
        if getattr(shape, "is_document_type", False):
            return None
        if not isinstance(value, dict):
            return f"{path} is no object"
        for name in shape.required_members:
            if value.get(name) is None:
                return f"{path}.{name} is missing"
        for name, inner in value.items():
            if name not in shape.members:
                return f"{path}.{name} is not of the model"
            if found := misfit(shape.members[name], inner, f"{path}.{name}"):
                return found
        return None
    if kind == "list":
        if not isinstance(value, list):
            return f"{path} is no list"
        found = (misfit(shape.member, item, f"{path}[]") for item in value)
        return next(filter(None, found), None)
    if kind == "map":
        if not isinstance(value, dict):
            return f"{path} is no map"
        found = (misfit(shape.value, item, f"{path}[{key}]") for key, item in value.items())
        return next(filter(None, found), None)
    kinds = {"boolean": bool, "integer": int, "long": int, "timestamp": (int, float)}
    if not isinstance(value, kinds.get(kind, str)) or kind in ("integer", "long") and isinstance(value, bool):
        return f"{path} is no {kind}"
    if kind == "string" and shape.enum and value not in shape.enum:
        return f"{path} is {value}, not one of {shape.enum}"
    return None

/* Shapes of segments: what may stand in each place of a use, read from the tables of shapes.py, and whether a segment fits. */

#ifndef OPENICS_SHAPE_H
#define OPENICS_SHAPE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <string.h>

#define SHAPE "openics.edifact.shape"
#define MOST_ITEMS 64

enum kind { EMPTY, ANYTHING, LETTERS, NUMBER };

/* What may stand in one place: its form, its length (digits of a number), one of `allowed` (a tuple of texts) if any. */
typedef struct {
    enum kind kind;
    int needed;
    int item;
    Py_ssize_t least, most;
    PyObject *allowed;
    PyObject *codes;
} Value;

/* A use of a segment: for each element the number of its first value in `values`, and one past the last. */
typedef struct {
    Py_UCS1 tag[3];
    Py_ssize_t elements, count, items, needed;
    Py_ssize_t *first;
    Value *values;
} Shape;

static void shape_free(Shape *shape)
{
    for (Py_ssize_t number = 0; shape->values && number < shape->count; number++) {
        Py_XDECREF(shape->values[number].allowed);
        Py_XDECREF(shape->values[number].codes);
    }
    PyMem_Free(shape->values);
    PyMem_Free(shape->first);
    PyMem_Free(shape);
}

static void capsule_free(PyObject *capsule)
{
    shape_free(PyCapsule_GetPointer(capsule, SHAPE));
}

/* One value of a shape from its tuple: kind, least, most, needed, item, allowed, codes. */
static int read_value(Value *value, PyObject *about)
{
    int kind;
    PyObject *allowed, *codes;
    if (!PyArg_ParseTuple(about, "innpiOO", &kind, &value->least, &value->most, &value->needed, &value->item, &allowed,
                          &codes))
        return -1;
    if (kind < EMPTY || kind > NUMBER || value->item >= MOST_ITEMS || (allowed != Py_None && !PyTuple_Check(allowed)) ||
        (codes != Py_None && !PyFrozenSet_Check(codes))) {
        PyErr_SetString(PyExc_ValueError, "a value of a shape is a kind, bounds, need, item, allowed texts and codes");
        return -1;
    }
    for (Py_ssize_t number = 0; allowed != Py_None && number < PyTuple_GET_SIZE(allowed); number++) {
        PyObject *text = PyTuple_GET_ITEM(allowed, number);
        if (!PyUnicode_Check(text) || PyUnicode_KIND(text) != PyUnicode_1BYTE_KIND) {
            PyErr_SetString(PyExc_ValueError, "an allowed text is one of latin-1 characters");
            return -1;
        }
    }
    value->kind = (enum kind)kind;
    value->allowed = allowed == Py_None ? NULL : Py_NewRef(allowed);
    value->codes = codes == Py_None ? NULL : Py_NewRef(codes);
    return 0;
}

static int read_values(Shape *shape, PyObject *sizes, PyObject *values)
{
    Py_ssize_t total = 0;
    for (Py_ssize_t element = 0; element < shape->elements; element++) {
        Py_ssize_t size = PyLong_AsSsize_t(PyTuple_GET_ITEM(sizes, element));
        if (size < 1 || size > shape->count) {
            PyErr_SetString(PyExc_ValueError, "the sizes of a shape do not fit its values");
            return -1;
        }
        shape->first[element] = total;
        total += size;
    }
    shape->first[shape->elements] = total;
    if (total != shape->count) {
        PyErr_SetString(PyExc_ValueError, "the sizes of a shape do not fit its values");
        return -1;
    }
    for (Py_ssize_t number = 0; number < shape->count; number++) {
        Value *value = &shape->values[number];
        if (read_value(value, PyTuple_GET_ITEM(values, number)) < 0)
            return -1;
        shape->needed += value->needed != 0;
        if (value->item >= shape->items)
            shape->items = value->item + 1;
    }
    return 0;
}

static int is_digit(Py_UCS1 character)
{
    return character >= '0' && character <= '9';
}

/* How many digits a number has, -1 if it is none: a minus sign or not, digits, perhaps a point and more digits. */
static Py_ssize_t digits(const Py_UCS1 *text, Py_ssize_t length)
{
    Py_ssize_t at = length && text[0] == '-', whole = 0, part = 0;
    for (; at < length && is_digit(text[at]); at++)
        whole++;
    if (!whole || at == length)
        return whole ? whole : -1;
    if (text[at++] != '.')
        return -1;
    for (; at < length && is_digit(text[at]); at++)
        part++;
    return part && at == length ? whole + part : -1;
}

static int is_allowed(const Value *value, const Py_UCS1 *text, Py_ssize_t length)
{
    for (Py_ssize_t number = 0; number < PyTuple_GET_SIZE(value->allowed); number++) {
        PyObject *other = PyTuple_GET_ITEM(value->allowed, number);
        if (PyUnicode_GET_LENGTH(other) == length && !memcmp(PyUnicode_1BYTE_DATA(other), text, (size_t)length))
            return 1;
    }
    return 0;
}

static int is_right(const Value *value, const Py_UCS1 *text, Py_ssize_t length)
{
    if (value->kind == EMPTY || (value->allowed && !is_allowed(value, text, length)))
        return 0;
    Py_ssize_t size = value->kind == NUMBER ? digits(text, length) : length;
    for (Py_ssize_t at = 0; value->kind == LETTERS && at < length; at++)
        if (is_digit(text[at]))
            return 0;
    return size >= value->least && size <= value->most;
}

/* The items of a segment as a tuple; NULL, mostly without an exception, if it is not in order. */
static PyObject *match(const Shape *shape, PyObject *segment)
{
    const Py_UCS1 *text = PyUnicode_1BYTE_DATA(segment);
    Py_ssize_t length = PyUnicode_GET_LENGTH(segment), element = 0, number = 0, needed = 0;
    Py_ssize_t starts[MOST_ITEMS], ends[MOST_ITEMS];
    const Value *of[MOST_ITEMS];
    if (length < 3 || memcmp(text, shape->tag, 3) || (length > 3 && text[3] != '+') || memchr(text, '?', (size_t)length))
        return NULL;
    for (Py_ssize_t item = 0; item < shape->items; item++)
        starts[item] = -1;
    for (Py_ssize_t start = 4, end; start <= length; start = end + 1) {
        for (end = start; end < length && text[end] != '+' && text[end] != ':'; end++)
            ;
        if (element >= shape->elements || number >= shape->first[element + 1])
            return NULL;
        const Value *value = &shape->values[number];
        if (end > start) {
            if (!is_right(value, text + start, end - start))
                return NULL;
            needed += value->needed != 0;
            if (value->item >= 0) {
                starts[value->item] = start;
                ends[value->item] = end;
                of[value->item] = value;
            }
        }
        if (end < length && text[end] == '+')
            number = ++element < shape->elements ? shape->first[element] : 0;
        else
            number++;
    }
    if (needed < shape->needed)
        return NULL;
    PyObject *items = PyTuple_New(shape->items);
    for (Py_ssize_t item = 0; items && item < shape->items; item++) {
        PyObject *found = starts[item] < 0 ? Py_NewRef(Py_None) : PyUnicode_Substring(segment, starts[item], ends[item]);
        if (found)
            PyTuple_SET_ITEM(items, item, found);
        if (!found || (starts[item] >= 0 && of[item]->codes && PySet_Contains(of[item]->codes, found) != 1))
            Py_CLEAR(items);
    }
    return items;
}

#endif

/* Placing segments and filling documents in C: what glance.place and filling.fill do in Python, to the same outcome.
 *
 * Both are loops over segments in which nothing is wrong. A segment that `match` refuses is left to the matcher, which finds
 * out what is wrong, if anything; so this file may refuse more than it must, and never accepts what the matcher would not.
 */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "_shape.h"

#ifndef OPENICS_SOURCE
#define OPENICS_SOURCE ""
#endif

PyDoc_STRVAR(make_doc, "make(tag, sizes, values)\n--\n\nThe shape of a use: components of each element, then each value.");

static PyObject *make(PyObject *module, PyObject *args)
{
    PyObject *tag, *sizes, *values;
    if (!PyArg_ParseTuple(args, "UO!O!", &tag, &PyTuple_Type, &sizes, &PyTuple_Type, &values))
        return NULL;
    if (PyUnicode_GET_LENGTH(tag) != 3 || PyUnicode_KIND(tag) != PyUnicode_1BYTE_KIND)
        return PyErr_Format(PyExc_ValueError, "%R is not the tag of a segment", tag);
    Shape *shape = PyMem_Calloc(1, sizeof(Shape));
    if (!shape)
        return PyErr_NoMemory();
    memcpy(shape->tag, PyUnicode_1BYTE_DATA(tag), 3);
    shape->elements = PyTuple_GET_SIZE(sizes);
    shape->count = PyTuple_GET_SIZE(values);
    shape->first = PyMem_Calloc((size_t)shape->elements + 1, sizeof(Py_ssize_t));
    shape->values = PyMem_Calloc((size_t)shape->count + 1, sizeof(Value));
    PyObject *capsule = NULL;
    if (!shape->first || !shape->values)
        PyErr_NoMemory();
    else if (read_values(shape, sizes, values) == 0)
        capsule = PyCapsule_New(shape, SHAPE, capsule_free);
    if (!capsule)
        shape_free(shape);
    return capsule;
}

/* The dictionary at a key of another, made if it is not there; a borrowed reference. */
static PyObject *inner(PyObject *outer, PyObject *key)
{
    PyObject *found = PyDict_GetItemWithError(outer, key);
    if (found || PyErr_Occurred())
        return found;
    PyObject *made = PyDict_New();
    if (made && PyDict_SetItem(outer, key, made) == 0)
        found = made;
    Py_XDECREF(made);
    return found;
}

/* Count one more; 0, and nothing is done, if there are as many as may be, -1 upon an exception. */
static int count_on(PyObject *counts, PyObject *key, PyObject *most)
{
    PyObject *count = PyDict_GetItemWithError(counts, key);
    if (!count && PyErr_Occurred())
        return -1;
    long before = count ? PyLong_AsLong(count) : 0, limit = PyLong_AsLong(most);
    if ((before == -1 || limit == -1) && PyErr_Occurred())
        return -1;
    if (before >= limit)
        return 0;
    PyObject *after = PyLong_FromLong(before + 1);
    int done = after && PyDict_SetItem(counts, key, after) == 0 ? 1 : -1;
    Py_XDECREF(after);
    return done;
}

/* Begin a repetition of a scope; `home` is a tuple: scope, the one around it, starts, most repetitions, groups inside. */
static int begins(PyObject *home, PyObject *counts)
{
    PyObject *outer = inner(counts, PyTuple_GET_ITEM(home, 1));
    int done = outer ? count_on(outer, PyTuple_GET_ITEM(home, 0), PyTuple_GET_ITEM(home, 3)) : -1;
    PyObject *groups = PyTuple_GET_ITEM(home, 4);
    for (Py_ssize_t number = 0; done == 1 && number < PyTuple_GET_SIZE(groups); number++) {
        int there = PyDict_Contains(counts, PyTuple_GET_ITEM(groups, number));
        if (there < 0 || (there && PyDict_DelItem(counts, PyTuple_GET_ITEM(groups, number)) < 0))
            done = -1;
    }
    return done;
}

/* The first pair of shape and step that a segment fits; its items go to `items`. NULL if none does. Borrowed. */
static PyObject *step_of(PyObject *segment, PyObject *following, PyObject **items)
{
    if (PyUnicode_KIND(segment) != PyUnicode_1BYTE_KIND)
        return NULL;
    PyObject *tag = PyUnicode_Substring(segment, 0, 3);
    PyObject *pairs = tag ? PyDict_GetItemWithError(following, tag) : NULL;
    Py_XDECREF(tag);
    for (Py_ssize_t number = 0; pairs && number < PyTuple_GET_SIZE(pairs); number++) {
        PyObject *pair = PyTuple_GET_ITEM(pairs, number);
        Shape *shape = PyCapsule_GetPointer(PyTuple_GET_ITEM(pair, 0), SHAPE);
        *items = shape ? match(shape, segment) : NULL;
        if (*items || PyErr_Occurred())
            return *items ? PyTuple_GET_ITEM(pair, 1) : NULL;
    }
    return NULL;
}

/* Count a step and add it to `placed`; takes over `items`. 1 if it is done, 0 if it may not stand here, -1 upon error. */
static int take(PyObject *step, PyObject *items, Py_ssize_t at, PyObject *counts, PyObject *placed, PyTypeObject *kind)
{
    PyObject *starts = PyTuple_GET_ITEM(step, 4), *found = NULL;
    int done = starts == Py_None ? 1 : begins(starts, counts);
    if (done == 1) {
        PyObject *here = inner(counts, PyTuple_GET_ITEM(step, 3));
        done = here ? count_on(here, PyTuple_GET_ITEM(step, 1), PyTuple_GET_ITEM(step, 2)) : -1;
    }
    if (done == 1)
        found = kind->tp_alloc(kind, 4);
    if (!found) {
        Py_DECREF(items);
        return done == 1 ? -1 : done;
    }
    PyTuple_SET_ITEM(found, 0, PyLong_FromSsize_t(at + 1));
    PyTuple_SET_ITEM(found, 1, Py_NewRef(PyTuple_GET_ITEM(step, 0)));
    PyTuple_SET_ITEM(found, 2, Py_NewRef(PyTuple_GET_ITEM(step, 1)));
    PyTuple_SET_ITEM(found, 3, items);
    if (!PyTuple_GET_ITEM(found, 0) || PyList_Append(placed, found) < 0)
        done = -1;
    Py_DECREF(found);
    return done;
}

PyDoc_STRVAR(place_doc, "place(segments, position, row, glances, counts, placed, kind)\n--\n\nAs glance.place.");

static PyObject *place(PyObject *module, PyObject *args)
{
    PyObject *segments, *row, *glances, *counts, *placed;
    PyTypeObject *kind;
    Py_ssize_t at;
    if (!PyArg_ParseTuple(args, "O!nOOO!O!O!", &PyList_Type, &segments, &at, &row, &glances, &PyDict_Type, &counts,
                          &PyList_Type, &placed, &PyType_Type, &kind))
        return NULL;
    if (!PyType_IsSubtype(kind, &PyTuple_Type))
        return PyErr_Format(PyExc_TypeError, "what is placed is a tuple");
    PyObject *following = PyObject_GetItem(glances, row);
    Py_INCREF(row);
    int done = following ? 1 : -1;
    for (; done == 1 && at < PyList_GET_SIZE(segments); at += done == 1) {
        PyObject *items = NULL, *segment = PyList_GET_ITEM(segments, at);
        PyObject *step = PyUnicode_Check(segment) ? step_of(segment, following, &items) : NULL;
        done = step ? take(step, items, at, counts, placed, kind) : PyErr_Occurred() ? -1 : 0;
        if (done == 1 && PyTuple_GET_ITEM(step, 0) != row) {
            Py_SETREF(row, Py_NewRef(PyTuple_GET_ITEM(step, 0)));
            Py_SETREF(following, PyObject_GetItem(glances, row));
            if (!following)
                done = -1;
        }
    }
    Py_XDECREF(following);
    if (done >= 0)
        return Py_BuildValue("nN", at, row);
    Py_DECREF(row);
    return NULL;
}

/* The list that becomes a repeated field in the end; a borrowed reference. */
static PyObject *listed(PyObject *record, PyObject *name, PyObject *lists)
{
    PyObject *found = PyDict_GetItemWithError(record, name);
    if (found || PyErr_Occurred())
        return found;
    PyObject *made = PyList_New(0), *pair = PyTuple_Pack(2, record, name);
    if (made && pair && PyDict_SetItem(record, name, made) == 0 && PyList_Append(lists, pair) == 0)
        found = made;
    Py_XDECREF(made);
    Py_XDECREF(pair);
    return found;
}

/* A new record: an empty object of its class, added to the list of the record around it. */
static int begin_record(PyObject *filling, PyObject *records, PyObject *lists)
{
    PyTypeObject *part = (PyTypeObject *)PyTuple_GET_ITEM(filling, 4);
    PyObject *nothing = PyTuple_New(0);
    PyObject *made = nothing ? PyBaseObject_Type.tp_new(part, nothing, NULL) : NULL;
    PyObject *record = made ? PyObject_GenericGetDict(made, NULL) : NULL;
    PyObject *outer = record ? PyDict_GetItemWithError(records, PyTuple_GET_ITEM(filling, 1)) : NULL;
    PyObject *list = outer ? listed(outer, PyTuple_GET_ITEM(filling, 5), lists) : NULL;
    int done = list && PyList_Append(list, made) == 0 ? PyDict_SetItem(records, PyTuple_GET_ITEM(filling, 0), record) : -1;
    if (record && !outer && !PyErr_Occurred())
        PyErr_SetString(PyExc_KeyError, "a record stands in none");
    Py_XDECREF(nothing);
    Py_XDECREF(made);
    Py_XDECREF(record);
    return done;
}

/* The value in a text; NULL with an exception if it is none. An entry: slot, name, repeated, default, least, most, read. */
static PyObject *value_of(PyObject *entry, PyObject *text, PyObject *mark)
{
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    if (length >= PyLong_AsSsize_t(PyTuple_GET_ITEM(entry, 4)) && length <= PyLong_AsSsize_t(PyTuple_GET_ITEM(entry, 5)))
        return Py_NewRef(text);
    PyObject *arguments[] = {text, mark};
    return PyObject_Vectorcall(PyTuple_GET_ITEM(entry, 6), arguments, 2, NULL);
}

static int keep(PyObject *entry, PyObject *value, PyObject *record, PyObject *lists)
{
    PyObject *name = PyTuple_GET_ITEM(entry, 1), *usual = PyTuple_GET_ITEM(entry, 3);
    if (PyTuple_GET_ITEM(entry, 2) == Py_True) {
        PyObject *list = listed(record, name, lists);
        return list ? PyList_Append(list, value) : -1;
    }
    int same = usual == Py_None ? 0 : PyObject_RichCompareBool(value, usual, Py_EQ);
    return same ? (same < 0 ? -1 : 0) : PyDict_SetItem(record, name, value);
}

/* Hand a wrong value to `report`, which is called with its entry, the text, its segment and the exception. */
static int report_wrong(PyObject *report, PyObject *entry, PyObject *text, PyObject *segment, PyObject *wrong)
{
    PyObject *type, *error, *trace;
    if (!PyErr_ExceptionMatches(wrong))
        return -1;
    PyErr_Fetch(&type, &error, &trace);
    PyErr_NormalizeException(&type, &error, &trace);
    PyObject *done = PyObject_CallFunctionObjArgs(report, entry, text, segment, error, NULL);
    Py_XDECREF(type);
    Py_XDECREF(error);
    Py_XDECREF(trace);
    Py_XDECREF(done);
    return done ? 0 : -1;
}

static int fill_one(PyObject *segment, PyObject *fillings, PyObject *records, PyObject *lists, PyObject *mark,
                    PyObject *report, PyObject *wrong)
{
    PyObject *filling = PyDict_GetItemWithError(fillings, PyTuple_GET_ITEM(segment, 2));
    PyObject *values = PyTuple_GET_ITEM(segment, 3);
    if (!filling) {
        if (!PyErr_Occurred())
            PyErr_SetObject(PyExc_KeyError, PyTuple_GET_ITEM(segment, 2));
        return -1;
    }
    if (PyTuple_GET_ITEM(filling, 2) == PyTuple_GET_ITEM(segment, 1) && begin_record(filling, records, lists) < 0)
        return -1;
    PyObject *record = PyDict_GetItemWithError(records, PyTuple_GET_ITEM(filling, 0));
    PyObject *entries = PyTuple_GET_ITEM(filling, 3);
    int done = record ? 0 : -1;
    if (PyTuple_GET_SIZE(entries) != PyTuple_GET_SIZE(values))
        done = -1;
    if (done < 0 && !PyErr_Occurred())
        PyErr_SetString(PyExc_ValueError, "a segment does not fit what it fills");
    for (Py_ssize_t number = 0; done == 0 && number < PyTuple_GET_SIZE(entries); number++) {
        PyObject *text = PyTuple_GET_ITEM(values, number), *entry = PyTuple_GET_ITEM(entries, number);
        if (text == Py_None)
            continue;
        PyObject *value = value_of(entry, text, mark);
        done = value ? keep(entry, value, record, lists) : report_wrong(report, entry, text, segment, wrong);
        Py_XDECREF(value);
    }
    return done;
}

PyDoc_STRVAR(fill_doc, "fill(placed, fillings, records, lists, mark, report, wrong)\n--\n\nAs filling.fill.");

static PyObject *fill(PyObject *module, PyObject *args)
{
    PyObject *placed, *fillings, *records, *lists, *mark, *report, *wrong;
    if (!PyArg_ParseTuple(args, "O!O!O!O!UOO", &PyList_Type, &placed, &PyDict_Type, &fillings, &PyDict_Type, &records,
                          &PyList_Type, &lists, &mark, &report, &wrong))
        return NULL;
    for (Py_ssize_t number = 0; number < PyList_GET_SIZE(placed); number++)
        if (fill_one(PyList_GET_ITEM(placed, number), fillings, records, lists, mark, report, wrong) < 0)
            return NULL;
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"make", make, METH_VARARGS, make_doc},
    {"place", place, METH_VARARGS, place_doc},
    {"fill", fill, METH_VARARGS, fill_doc},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "_speed", "The loops over segments in which nothing is wrong.", -1, methods,
};

PyMODINIT_FUNC PyInit__speed(void)
{
    PyObject *module = PyModule_Create(&definition);
    if (module && PyModule_AddStringConstant(module, "SOURCE", OPENICS_SOURCE) < 0)
        Py_CLEAR(module);
    return module;
}

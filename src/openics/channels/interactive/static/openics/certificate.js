// Makes a key pair and a signing request (PKCS #10, RFC 2986) in the browser. The private key goes into a file of the
// user's and nowhere else; only the request is put into the form.
const ALGORITHMS = {
  EC: {
    key: { name: 'ECDSA', namedCurve: 'P-256' },
    sign: { name: 'ECDSA', hash: 'SHA-256' },
    identifier: sequence(identifier(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02))
  },
  RSA: {
    key: { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' },
    sign: { name: 'RSASSA-PKCS1-v1_5' },
    identifier: sequence(identifier(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b), der(0x05))
  }
}

// DER: tag, length, contents.
function der (tag, ...contents) {
  const inside = contents.flatMap((each) => Array.from(each))
  const length = inside.length
  if (length < 0x80) return [tag, length, ...inside]
  const size = []
  for (let rest = length; rest > 0; rest >>= 8) size.unshift(rest & 0xff)
  return [tag, 0x80 | size.length, ...size, ...inside]
}

function sequence (...contents) { return der(0x30, ...contents) }
function identifier (...bytes) { return der(0x06, bytes) }
function text (tag, value) { return der(tag, new TextEncoder().encode(value)) }
function named (last, value) { return value ? der(0x31, sequence(identifier(0x55, 0x04, last), text(0x0c, value))) : [] }

function whole (bytes) {
  let first = 0
  while (first < bytes.length - 1 && bytes[first] === 0) first++
  const short = Array.from(bytes.slice(first))
  return der(0x02, short[0] & 0x80 ? [0, ...short] : short)
}

// ECDSA signatures come as two numbers side by side; a request holds them as a sequence.
function written (signature, algorithm) {
  if (algorithm !== 'EC') return signature
  return sequence(whole(signature.slice(0, 32)), whole(signature.slice(32)))
}

function pem (kind, bytes) {
  const lines = window.btoa(String.fromCharCode(...bytes)).match(/.{1,64}/g).join('\n')
  return `-----BEGIN ${kind}-----\n${lines}\n-----END ${kind}-----\n`
}

async function made (algorithm, subject) {
  const chosen = ALGORITHMS[algorithm]
  const pair = await window.crypto.subtle.generateKey(chosen.key, true, ['sign', 'verify'])
  const exported = async (form, key) => new Uint8Array(await window.crypto.subtle.exportKey(form, key))
  const name = sequence(named(0x0a, subject.organisation), named(0x03, subject.name))
  const addresses = sequence(text(0x81, subject.email))
  const extension = sequence(identifier(0x55, 0x1d, 0x11), der(0x04, addresses))
  const asked = identifier(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x0e)
  const attributes = der(0xa0, sequence(asked, der(0x31, sequence(extension))))
  const information = sequence(der(0x02, [0]), name, await exported('spki', pair.publicKey), attributes)
  const signature = await window.crypto.subtle.sign(chosen.sign, pair.privateKey, new Uint8Array(information))
  const signed = der(0x03, [0], written(new Uint8Array(signature), algorithm))
  return {
    request: pem('CERTIFICATE REQUEST', sequence(information, chosen.identifier, signed)),
    key: pem('PRIVATE KEY', await exported('pkcs8', pair.privateKey))
  }
}

async function make (form, link, told) {
  const wanted = form.querySelector('input[name="purpose"]:checked')
  const algorithm = form.querySelector('input[name="algorithm"]:checked').value
  const { name, email } = wanted.dataset
  const found = await made(algorithm, { name, email, organisation: form.dataset.organisation })
  form.querySelector('textarea[name="request"]').value = found.request
  if (link.href.startsWith('blob:')) window.URL.revokeObjectURL(link.href)
  link.href = window.URL.createObjectURL(new window.Blob([found.key], { type: 'application/x-pem-file' }))
  link.hidden = false
  told.textContent = `A key and a request for ${email} are made. Save the private key, then issue the certificate.`
}

for (const form of document.querySelectorAll('form[data-certificate]')) {
  const maker = form.querySelector('[data-certificate-maker]')
  const link = form.querySelector('[data-certificate-key]')
  const told = form.querySelector('[data-certificate-told]')
  maker.hidden = !(window.crypto && window.crypto.subtle)
  form.querySelector('[data-certificate-make]').addEventListener('click', () => {
    make(form, link, told).catch(() => { told.textContent = 'This browser cannot make a key. Make it with openssl instead.' })
  })
}
